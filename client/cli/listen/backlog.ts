import type { GapFrame, Notification, Positions } from '@herald/protocol';

/** A notification as it came. */
export interface Received extends Notification {
  channel: string;
  /** Absent if it was found in the inbox. */
  offset?: number;
}

/** Entries of a lane that did not come. */
export interface Gap extends Pick<GapFrame['data'], 'channel' | 'lane' | 'id'> {
  /** Id of the last entry before it; empty if there was none. */
  after: string;
}

/** A notification to handle, a gap to fill, or the positions once all before them is done. */
export type Step = { notification: Received } | { gap: Gap } | { positions: Positions };

/** Steps that wait until those before them are done. Notifications are handled one at a time, in the order they came. */
export class Backlog {
  readonly #steps: Step[] = [];
  #wake: (() => void) | undefined;

  get length(): number {
    return this.#steps.length;
  }

  add(step: Step): void {
    const last = this.#steps.at(-1);
    // Later positions include earlier ones.
    if (last !== undefined && 'positions' in last && 'positions' in step) this.#steps.pop();
    this.#steps.push(step);
    this.#wake?.();
  }

  /** The next step, once there is one. Once `signal` is aborted only positions that are due; else undefined. */
  async next(signal: AbortSignal): Promise<Step | undefined> {
    while (this.#steps.length === 0 && !signal.aborted) {
      const { promise, resolve } = Promise.withResolvers<unknown>();
      this.#wake = () => resolve(undefined);
      signal.addEventListener('abort', resolve, { once: true });
      await promise;
      signal.removeEventListener('abort', resolve);
    }
    const [step] = this.#steps;
    if (step !== undefined && !('positions' in step) && signal.aborted) return undefined;
    return this.#steps.shift();
  }
}
