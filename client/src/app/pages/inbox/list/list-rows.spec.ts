import { testItem } from '@herald/client/testing';
import { listRows } from './list-rows';

const FOLDED = { openFolds: new Set<string>(), pinned: new Set<string>() };
const NOW = new Date(2026, 10, 24, 20, 15).getTime();

function on(day: number, id: string, fields = {}) {
  return testItem(id, { createdAt: new Date(2026, 10, day, 12).toISOString(), ...fields });
}

function texts(rows: ReturnType<typeof listRows>): string[] {
  return rows.map((row) =>
    row.kind === 'label' ? row.text : row.kind === 'one' ? row.item.id : `${row.items.length} ${row.category}`,
  );
}

const flood = Array.from({ length: 8 }, (_, n) => on(24, `f${n}`, { priority: 'low', category: 'builds' }));

describe('listRows', () => {
  it('groups by day, what came while the page was away ahead of all', () => {
    const items = [on(24, 'd', { isLate: true }), on(23, 'c', { isLate: true }), on(23, 'b'), on(21, 'a')];
    expect(texts(listRows(items, FOLDED, NOW, 'en'))).toEqual([
      'While you were away',
      'd',
      'c',
      'Yesterday',
      'b',
      'Saturday',
      'a',
    ]);
  });

  it('folds a flood into one row, and shows all of it when that is open', () => {
    const items = [...flood, on(23, 'a')];
    const folded = listRows(items, FOLDED, NOW, 'en');
    expect(texts(folded)).toEqual(['Today', '8 builds', 'Yesterday', 'a']);
    const open = listRows(items, { ...FOLDED, openFolds: new Set([folded[1]!.key]) }, NOW, 'en');
    expect(texts(open)).toEqual(['Today', '8 builds', ...flood.map(({ id }) => id), 'Yesterday', 'a']);
  });

  it('has the pinned ones above all others, and nowhere else', () => {
    const items = [on(24, 'c'), on(23, 'b'), on(21, 'a')];
    const rows = listRows(items, { ...FOLDED, pinned: new Set(['a', 'b']) }, NOW, 'en');
    expect(texts(rows)).toEqual(['To confirm', 'b', 'a', 'Today', 'c']);
    expect(rows[1]!.key).not.toBe(listRows(items, FOLDED, NOW, 'en')[3]!.key);
  });

  it('numbers all but the labels', () => {
    const rows = listRows([...flood, on(23, 'a'), on(22, 'b')], FOLDED, NOW, 'en');
    expect(rows.flatMap((row) => (row.kind === 'label' ? [] : [row.position]))).toEqual([1, 2, 3]);
  });

  it('gives each row a key of its own', () => {
    const items = [on(24, 'e'), on(24, 'd', { isLate: true }), on(24, 'c'), on(23, 'b')];
    const keys = listRows(items, FOLDED, NOW, 'en').map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
