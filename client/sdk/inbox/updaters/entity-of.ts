import type { InboxItem } from '@herald/protocol';
import type { Entity } from '../inbox.ts';

/** An entity of an answer. All entries up to `asOf` are in the item. */
export function entityOf(
  { read, archived, snoozedUntil, acknowledged, acted, actedEvent, actedAt, ...notification }: InboxItem,
  asOf: string,
): Entity {
  const confirmed = acknowledged === undefined ? {} : { acknowledged };
  const chosen = Object.fromEntries(
    Object.entries({ acted, actedEvent, actedAt }).filter(([, value]) => value !== undefined),
  );
  return { notification, mark: { read, archived, snoozedUntil, ...confirmed, ...chosen }, asOf };
}
