import { entryOf } from '../../test/repository/notification-repository.contract.js';
import type { LogEntry } from '../repository/notification-repository.js';
import { Cursor } from './cursor.js';
import { Lane } from './lane.js';
import { Segment } from './segment.js';

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

  test('gets nothing while its next frame is neither in the log nor in a page', () => {
    const cursor = new Cursor(laneWithLog(), 2);
    expect([cursor.nextBytes, cursor.slice(Infinity, Infinity)]).toEqual([undefined, undefined]);
  });

  test('reads on from a page to the log', () => {
    const lane = laneWithLog();
    const page = new Segment(1, 1024);
    for (const text of ['{"n":1}', '{"n":2}']) page.append(text);
    lane.addPage(page);
    const cursor = new Cursor(lane, 2);
    const slice = cursor.slice(Infinity, Infinity)!;
    expect([slice.from, slice.to]).toEqual([2, 2]);
    cursor.next = 3;
    expect(cursor.slice(Infinity, Infinity)).toMatchObject({ from: 3, to: 3 });
  });
});
