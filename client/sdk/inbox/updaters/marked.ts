import type { Mark, Marks } from '../inbox.ts';

const FIELDS = [
  'read',
  'archived',
  'snoozedUntil',
  'acknowledged',
  'acted',
  'actedEvent',
  'actedAt',
] as const satisfies readonly (keyof Mark)[];

/** The marks of a notification with those of the entry `by`: for each field, the later entry holds. */
export function marked(before: Marks = new Map(), mark: Mark, by: string): Marks {
  const after = new Map(before);
  for (const field of FIELDS) {
    const value = mark[field];
    if (value !== undefined && by > (after.get(field)?.by ?? '')) after.set(field, { value, by });
  }
  return after;
}
