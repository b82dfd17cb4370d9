import type { EntryFrame, Positions } from '@herald/protocol';

export type NotificationData = Extract<EntryFrame, { event: 'notification' }>['data'];

/** A notification to handle, or the positions once all before them is handled. */
export type Step = { notification: NotificationData } | { positions: Positions };

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
    if (step !== undefined && 'notification' in step && signal.aborted) return undefined;
    return this.#steps.shift();
  }
}
