import { entryOf } from '#test/repository/notification-repository.contract.js';
import type { LogEntry } from '../../repository/notification-repository.js';
import { Lane } from './lane.js';
import { Segment } from './segment.js';
import { LaneTotals } from '../totals.js';

const KEEP = 1024 * 1024;
const entry = (offset: number): LogEntry => ({ ...entryOf(), channel: 'everyone', lane: 'medium', offset });

describe('a lane', () => {
  let lane: Lane;

  beforeEach(() => {
    lane = new Lane('everyone', 'medium', new LaneTotals());
    for (const offset of [1, 2, 3]) lane.append(entry(offset), KEEP, 0);
  });

  test('keeps its head when an entry is announced again, or late', () => {
    lane.append(entry(2), KEEP, 0);
    lane.append(entry(3), KEEP, 0);
    expect(lane.head).toBe(3);
    expect(lane.find(1)?.slice(1, Infinity, 0)).toMatchObject({ from: 1, to: 3 });
  });

  test('keeps consecutive frames only, when entries are skipped', () => {
    lane.append(entry(5), KEEP, 0);
    expect(lane.head).toBe(5);
    expect([3, 4].map((offset) => lane.find(offset))).toEqual([undefined, undefined]);
    expect(lane.find(5)).toBeDefined();
  });

  test('finds frames in its log and in its pages, and none in between', () => {
    lane.append(entry(7), KEEP, 0);
    const page = new Segment(1, 1024);
    for (const text of ['{"n":1}', '{"n":2}']) page.append(text);
    lane.addPage(page);
    expect([1, 2].map((offset) => lane.find(offset))).toEqual([page, page]);
    expect(lane.find(7)?.firstOffset).toBe(7);
    expect(lane.find(3)).toBeUndefined();
    lane.removePage(page);
    expect(lane.find(1)).toBeUndefined();
  });
});
