import { FLOOD_OVER, FLOOD_WITHIN_MS } from '#app/notification/flood-limits';
import type { InboxItem } from '@herald/client/inbox';
import { testItem } from '@herald/client/testing';
import { PRIORITIES, type Priority } from '@herald/protocol';
import fc from 'fast-check';
import { type Folded, foldFlood } from './flood';

const NOW = 1_000_000;

function items(count: number, category = 'builds', priority: Priority = 'low'): InboxItem[] {
  return Array.from({ length: count }, (_, n) => item(`${category}-${n}`, category, priority));
}

function item(id: string, category: string, priority: Priority): InboxItem {
  return testItem(id, { category, priority });
}

function fold(arrived: InboxItem[], before?: Folded, now = NOW): Folded {
  return foldFlood(before?.gauge ?? new Map(), arrived, now);
}

describe('foldFlood', () => {
  it('passes arrivals up to the limit', () => {
    const few = items(FLOOD_OVER);
    expect(fold(few)).toMatchObject({ single: few, folded: new Map() });
  });

  it('folds arrivals over the limit within the time window, even across batches', () => {
    const many = items(FLOOD_OVER + 3);
    let result = fold(many.slice(0, 2));
    result = fold(many.slice(2, FLOOD_OVER), result, NOW + 1000);
    result = fold(many.slice(FLOOD_OVER), result, NOW + FLOOD_WITHIN_MS - 1);
    expect(result).toMatchObject({ single: [], folded: new Map([['builds', many.slice(FLOOD_OVER)]]) });
  });

  it('passes arrivals again after a calm period', () => {
    const [one] = items(1);
    expect(fold([one!], fold(items(40)), NOW + FLOOD_WITHIN_MS).single).toEqual([one]);
  });

  it('counts each category separately, whatever its name', () => {
    const calm = items(FLOOD_OVER, 'constructor');
    const { single, folded } = fold([...items(40), ...calm]);
    expect(single.filter(({ category }) => category === 'constructor')).toEqual(calm);
    expect([...folded].map(([category, { length }]) => [category, length])).toEqual([['builds', 35]]);
  });

  it('forgets calm categories', () => {
    expect([...fold(items(1), fold(items(40, 'deploy')), NOW + FLOOD_WITHIN_MS).gauge.keys()]).toEqual(['builds']);
  });

  it('loses nothing, keeps the order, and never folds high or medium', () => {
    const arrived = fc.record({
      category: fc.constantFrom('builds', 'deploy', 'news'),
      priority: fc.constantFrom(...PRIORITIES, 'low' as const),
    });
    const batches = fc.array(fc.tuple(fc.array(arrived, { maxLength: 15 }), fc.nat(FLOOD_WITHIN_MS)), {
      maxLength: 10,
    });
    fc.assert(
      fc.property(batches, (sent) => {
        let now = NOW;
        let result: Folded | undefined;
        let id = 0;
        for (const [batch, pause] of sent) {
          const all = batch.map(({ category, priority }) => item(String(id++).padStart(4, '0'), category, priority));
          result = fold(all, result, (now += pause));
          const parts = [result.single, ...result.folded.values()];
          for (const part of parts) expect(part.map((one) => one.id)).toEqual(part.map((one) => one.id).sort());
          expect(parts.flat().sort((a, b) => a.id.localeCompare(b.id))).toEqual(all);
          for (const [category, folded] of result.folded) {
            expect(folded.every((one) => one.priority === 'low' && one.category === category)).toBe(true);
          }
        }
      }),
      { seed: 42, numRuns: 300 },
    );
  });
});
