import { type InboxItem, type InboxPage, type Positions, PRIORITIES } from '@herald/protocol';
import type { Gap, Received } from './backlog.ts';

/** Gaps from positions in one log to those in another one, which began anew; none if both are of one log. */
export function gapsBetween(before: Positions | null, now: Positions): Gap[] {
  if (before === null || before.epoch === now.epoch) return [];
  return Object.entries(before.channels).flatMap(([channel, lanes]) =>
    PRIORITIES.flatMap((lane) => {
      const id = now.channels[channel]?.[lane]?.[1] ?? null;
      return id === null ? [] : [{ channel, lane, id, after: lanes[lane]?.[1] ?? '' }];
    }),
  );
}

/** Positions that say that a gap is filled up to an id: resumed there, it reaches from that id on. */
export function filledUpTo(positions: Positions, { channel, lane }: Gap, id: string): Positions {
  const lanes = positions.channels[channel];
  const channels = { ...positions.channels, [channel]: { ...lanes, [lane]: [lanes?.[lane]?.[0] ?? 0, id] } };
  return { ...positions, channels };
}

/**
 * The notifications of a gap that the inbox still has, oldest first.
 * @param pageBefore reads a page of the inbox in the lane of the gap, newest first
 */
export async function missedIn(
  { channel, id, after }: Gap,
  pageBefore: (cursor: string | null) => Promise<InboxPage>,
): Promise<Received[]> {
  const missed: Received[] = [];
  if (id === null) return missed;
  for (let cursor: string | null = null; ;) {
    const { items, nextCursor } = await pageBefore(cursor);
    const inGap = items.filter((item) => item.id > after && item.id <= id && item.audience.includes(channel));
    missed.push(...inGap.map((item) => ({ ...withoutState(item), channel })));
    const oldest = items.at(-1)?.id ?? '';
    if (nextCursor === null || oldest <= after) return missed.reverse();
    cursor = nextCursor;
  }
}

/** As it came by the connection, without what its reader did with it. */
function withoutState(item: InboxItem): Omit<Received, 'channel'> {
  const state = ['read', 'archived', 'snoozedUntil', 'acknowledged', 'acted', 'actedEvent', 'actedAt'];
  return Object.fromEntries(Object.entries(item).filter(([name]) => !state.includes(name))) as unknown as InboxItem;
}
