import type { Positions, Priority } from '@herald/protocol';
import type { Received } from './backlog.ts';

/** Copies that may be on their way at once. Only a backlog of more, in several channels each, could repeat the oldest. */
const COPIES_MAX = 10_000;

/** A notification that was handled, and may come once more through its other channels. */
export interface Copy {
  id: string;
  lane: Priority;
  channels: string[];
}

/** Tells whether a notification was handled already, when it came through another channel. */
export class Copies {
  readonly #copies: Map<string, Copy>;

  /** @param copies of an earlier process */
  constructor(copies: readonly Copy[]) {
    this.#copies = new Map(copies.map((copy) => [copy.id, copy]));
  }

  get awaited(): Copy[] {
    return [...this.#copies.values()];
  }

  has(id: string): boolean {
    return this.#copies.has(id);
  }

  add({ id, priority, audience, channel }: Received): void {
    const channels = audience.filter((other) => other !== channel);
    if (channels.length > 0) this.#copies.set(id, { id, lane: priority, channels });
    const [oldest] = this.#copies.keys();
    if (this.#copies.size > COPIES_MAX && oldest !== undefined) this.#copies.delete(oldest);
  }

  /** Forgets those that can't come any more: their channels are not the reader's, or were read beyond them. */
  forgetBefore({ channels }: Positions): void {
    for (const { id, lane, channels: others } of this.#copies.values()) {
      const positions = others.flatMap((channel) => (channels[channel] === undefined ? [] : [channels[channel][lane]]));
      if (!positions.some((position) => (position?.[1] ?? '') < id)) this.#copies.delete(id);
    }
  }
}
