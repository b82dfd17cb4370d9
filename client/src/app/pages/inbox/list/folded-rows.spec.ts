import { FLOOD_OVER } from '#app/notification/flood-limits';
import type { InboxItem } from '@herald/client/inbox';
import { testItem } from '@herald/client/testing';
import { PRIORITIES, type Priority } from '@herald/protocol';
import fc from 'fast-check';
import { foldedRows, type Row } from './folded-rows';

const START = Date.parse('2026-01-31T08:00:00Z');

function item(n: number, atMs: number, category = 'builds', priority: Priority = 'low'): InboxItem {
  return testItem(`id-${n}`, { category, priority, createdAt: new Date(START + atMs).toISOString() });
}

/** Items newest first, one second apart. */
function seconds(count: number, category = 'builds', priority: Priority = 'low'): InboxItem[] {
  return Array.from({ length: count }, (_, n) => item(count - n, (count - n) * 1000, category, priority));
}

function opened(rows: Row<InboxItem>[]): InboxItem[] {
  return rows.flatMap((row) => (row.kind === 'one' ? [row.item] : row.items));
}

describe('foldedRows', () => {
  it('keeps items up to the limit as single rows', () => {
    expect(foldedRows(seconds(FLOOD_OVER)).map(({ kind }) => kind)).toEqual(Array(FLOOD_OVER).fill('one'));
  });

  it('folds a flood into one row, however long it lasts', () => {
    const [row, ...more] = foldedRows(seconds(40));
    expect(row).toMatchObject({ kind: 'fold', category: 'builds', items: seconds(40) });
    expect(more).toEqual([]);
  });

  it('keeps slow arrivals as single rows', () => {
    const slow = Array.from({ length: 20 }, (_, n) => item(20 - n, (20 - n) * 2000));
    expect(foldedRows(slow).every(({ kind }) => kind === 'one')).toBe(true);
  });

  it('separates adjacent floods that are apart in time', () => {
    const early = seconds(10);
    const late = early.map((one, n) => ({ ...item(100 - n, 3_600_000 + (10 - n) * 1000), title: one.title }));
    expect(foldedRows([...late, ...early]).map((row) => opened([row]).length)).toEqual([10, 10]);
  });

  it('separates arrivals that came while the page was away', () => {
    const items = seconds(20).map((one, n) => ({ ...one, isLate: n < 10 }));
    expect(foldedRows(items).map((row) => opened([row]).length)).toEqual([10, 10]);
  });

  it.each(['high', 'medium'] as const)('never folds %s', (priority) => {
    expect(foldedRows(seconds(40, 'builds', priority)).every(({ kind }) => kind === 'one')).toBe(true);
  });

  it('keeps the key of a growing flood', () => {
    const grown = seconds(40);
    expect(foldedRows(grown)[0]?.key).toBe(foldedRows(grown.slice(10))[0]?.key);
  });

  it('loses nothing, keeps the order and unique keys, and folds only low-priority floods', () => {
    const arrived = fc.record({
      gap: fc.oneof(fc.nat(1500), fc.nat(20_000)),
      category: fc.constantFrom('builds', 'builds', 'builds', 'deploy'),
      priority: fc.constantFrom<Priority>('low', 'low', 'low', 'low', ...PRIORITIES),
    });
    fc.assert(
      fc.property(fc.array(arrived, { maxLength: 60 }), (sent) => {
        let at = 0;
        const items = sent.map(({ gap, category, priority }, n) => item(n, (at += gap), category, priority)).reverse();
        const rows = foldedRows(items);
        expect(opened(rows)).toEqual(items);
        expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
        for (const row of rows) {
          if (row.kind === 'one') continue;
          expect(row.items.length).toBeGreaterThan(FLOOD_OVER);
          expect(row.items.every(({ priority, category }) => priority === 'low' && category === row.category)).toBe(
            true,
          );
        }
      }),
      { seed: 42, numRuns: 300 },
    );
  });
});
