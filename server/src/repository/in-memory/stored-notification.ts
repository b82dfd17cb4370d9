import type { Notification } from '@herald/protocol';
import { SearchText } from './search-text.js';

/** A notification, with the values that queries compare. */
export class StoredNotification {
  /** Milliseconds since 1970, from its id: faster to compare, in the same order. */
  readonly time: number;
  #text: SearchText | undefined;

  /** @param channels the channels that it is in, once each */
  constructor(
    readonly notification: Notification,
    readonly channels: readonly string[],
  ) {
    this.time = timeOf(notification.id);
  }

  /** The text, prepared for searches. */
  get text(): SearchText {
    return (this.#text ??= new SearchText(this.notification));
  }

  /** Prepares the text before the first search, which would hold the event loop if many long texts were left. */
  prepareText(): void {
    this.#text ??= new SearchText(this.notification);
  }

  /** Removes the text from searches. */
  releaseText(): void {
    this.#text?.release();
    this.#text = undefined;
  }

  get id(): string {
    return this.notification.id;
  }
}

/** Milliseconds since 1970 of a UUID of version 7 (RFC 9562, section 5.7). */
export function timeOf(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

/** The largest id of an earlier millisecond. */
export function lastIdBefore(instant: number): string {
  const hex = Math.max(0, Math.ceil(instant) - 1)
    .toString(16)
    .padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7fff-bfff-ffffffffffff`;
}

/** Ascending by age: the oldest first. */
export function byAge(one: StoredNotification, other: StoredNotification): number {
  if (one.time !== other.time) return one.time - other.time;
  if (one.id === other.id) return 0;
  return one.id < other.id ? -1 : 1;
}
