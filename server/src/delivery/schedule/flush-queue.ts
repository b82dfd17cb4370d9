import type { Priority } from '@herald/protocol';
import type { Subscription } from '../connection/subscription.js';

/** First in, first out; each subscription once. */
class Line {
  readonly #waiting = new Set<Subscription>();
  /** Kept while subscriptions wait: a new iterator would step over the slots of all that were taken. */
  #next = this.#waiting.values();

  get isEmpty(): boolean {
    return this.#waiting.size === 0;
  }

  add(subscription: Subscription): void {
    this.#waiting.add(subscription);
  }

  take(): Subscription | undefined {
    if (this.isEmpty) return undefined;
    let next = this.#next.next();
    if (next.done) {
      this.#next = this.#waiting.values();
      next = this.#next.next();
    }
    if (next.value !== undefined) this.#waiting.delete(next.value);
    return next.value;
  }
}

/**
 * Subscriptions with something to send: one line for those with high, one for the others. A subscription may be in
 * both.
 */
export class FlushQueue {
  readonly #high = new Line();
  readonly #others = new Line();

  get hasHigh(): boolean {
    return !this.#high.isEmpty;
  }

  get isEmpty(): boolean {
    return this.#high.isEmpty && this.#others.isEmpty;
  }

  add(subscription: Subscription, urgency: Priority): void {
    if (urgency === 'high') this.#high.add(subscription);
    else this.#others.add(subscription);
  }

  /** The next subscription with high, or else the next of the others. */
  take(): Subscription | undefined {
    return this.#high.take() ?? this.#others.take();
  }

  takeOther(): Subscription | undefined {
    return this.#others.take();
  }
}
