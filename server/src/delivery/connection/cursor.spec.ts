import { Cursor } from './cursor.js';
import { Lane } from '../log/lane.js';
import { LaneTotals } from '../totals.js';

test('a cursor is pending until it has passed the head of its lane', () => {
  const lane = new Lane('everyone', 'medium', new LaneTotals());
  lane.growTo({ offset: 3, id: null });
  const cursor = new Cursor(lane, 3);
  expect(cursor.isPending).toBe(true);
  cursor.moveTo(4);
  expect(cursor.isPending).toBe(false);
});
