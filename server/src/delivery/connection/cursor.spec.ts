import { entryOf } from '#test/repository/notification-repository.contract.js';
import type { LogEntry } from '../../repository/notification-repository.js';
import { Cursor } from './cursor.js';
import { Lane } from '../log/lane.js';

const entry = (offset: number): LogEntry => ({ ...entryOf(), channel: 'everyone', lane: 'medium', offset });

/** A lane whose entries 1 and 2 have left its log. */
function laneWithLog(): Lane {
  const lane = new Lane('everyone', 'medium');
  lane.startAt({ offset: 2, id: entry(2).data.id });
  lane.append(entry(3), 1024 * 1024);
  return lane;
}

describe('a cursor', () => {
  test('is pending until it has passed the head of its lane', () => {
    const cursor = new Cursor(laneWithLog(), 3);
    expect(cursor.isPending).toBe(true);
    cursor.next = 4;
    expect(cursor.isPending).toBe(false);
  });
});
