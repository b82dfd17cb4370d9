import { collectGarbage } from '../../test/collect-garbage.js';
import { entryOf } from '../../test/repository/notification-repository.contract.js';
import type { LogEntry } from '../repository/notification-repository.js';
import { Cursor } from './cursor.js';
import { Lane } from './lane.js';

const ENTRIES: LogEntry[] = [1, 2].map((offset) => ({ ...entryOf(), channel: 'everyone', lane: 'medium', offset }));

function behind(): Cursor {
  const lane = new Lane('everyone', 'medium');
  lane.startAt({ offset: 2, id: ENTRIES[1]!.data.id });
  const cursor = new Cursor(lane, 1);
  cursor.backfill(ENTRIES);
  return cursor;
}

/** Sends one frame. @returns the memory that it lies in */
function sendOne(cursor: Cursor): WeakRef<object> {
  const slice = cursor.slice(0, Infinity);
  cursor.passed(slice!.to);
  return new WeakRef(slice!.bytes.buffer);
}

describe('Cursor', () => {
  test('keeps what was read back until its last frame has been sent, and then lets it go', async () => {
    const cursor = behind();
    const memory = sendOne(cursor);
    await new Promise(setImmediate);
    collectGarbage();
    expect(memory.deref()).toBeDefined();
    sendOne(cursor);
    await new Promise(setImmediate);
    collectGarbage();
    expect(memory.deref()).toBeUndefined();
    expect([cursor.isPending, cursor.needsBacklog]).toEqual([false, false]);
  });

  test('needs nothing read that is being read already: what came second would be taken for what follows', () => {
    const lane = new Lane('everyone', 'medium');
    lane.startAt({ offset: 2, id: ENTRIES[1]!.data.id });
    const cursor = new Cursor(lane, 1);
    expect(cursor.needsBacklog).toBe(true);
    cursor.awaitBacklog();
    expect(cursor.needsBacklog).toBe(false);
  });
});
