import type { NotificationDraft } from '@herald/protocol';
import { jsonBytes } from '../../entry-cost.js';
import type { Addressed } from '../../notification-repository.js';

/** Size of the items that are stored by the same statements. */
const PART_SIZE = 128 * 1024;
/** Sizes of an entry without its text, and of each of its channels. */
const ENTRY_SIZE = 500;
const CHANNEL_SIZE = 100;

/**
 * Splits items so that no two of a part have the same sender and key, since the second replaces the first; and so that
 * a part is not so large that preparing its statements would hold the event loop.
 */
export function inParts(items: readonly Addressed[]): Addressed[][] {
  if (items.length === 0) return [];
  const parts: Addressed[][] = [[]];
  let seen = new Set<string>();
  let size = 0;
  for (const item of items) {
    const name = keyIn(item);
    if ((name !== undefined && seen.has(name)) || size > PART_SIZE) {
      parts.push([]);
      seen = new Set();
      size = 0;
    }
    size += sizeOf(item);
    if (name !== undefined) seen.add(name);
    parts.at(-1)?.push(item);
  }
  return parts;
}

/** About the length of its JSON, or more. */
function sizeOf({ channels, entry: { event, data } }: Addressed): number {
  return ENTRY_SIZE + channels.length * CHANNEL_SIZE + (event === 'notification' ? textSizeOf(data) : 0);
}

function textSizeOf({ title, message, data = {} }: NotificationDraft): number {
  return title.length + message.length + jsonBytes(data);
}

/** Names the sender and key of a notification that has one. */
export function keyIn({ entry: { event, data } }: Addressed): string | undefined {
  return event === 'notification' && data.key !== undefined ? keyOf(data.sender, data.key) : undefined;
}

export const keyOf = (sender: string, key: string): string => JSON.stringify([sender, key]);
