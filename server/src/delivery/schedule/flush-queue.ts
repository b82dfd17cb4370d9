import type { Priority } from '../../../../protocol/notification.js';
import type { Subscription } from '../connection/subscription.js';

/** First in, first out; each subscription once. */
class Line {
  readonly #waiting = new Set<Subscription>();
  /** Lives as long as it has subscriptions: a new one would pass the places of all that were taken. */
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
 * Subscriptions with something to send: in one line those with something urgent, in another those with something else. A
 * subscription may be in both.
 */
export class FlushQueue {
  readonly #urgent = new Line();
  readonly #ordinary = new Line();

  get hasUrgent(): boolean {
    return !this.#urgent.isEmpty;
  }

  get isEmpty(): boolean {
    return this.#urgent.isEmpty && this.#ordinary.isEmpty;
  }

  add(subscription: Subscription, urgency: Priority): void {
    if (urgency === 'high') this.#urgent.add(subscription);
    else this.#ordinary.add(subscription);
  }

  /** Urgent ones first. */
  take(): Subscription | undefined {
    return this.#urgent.take() ?? this.#ordinary.take();
  }

  takeOrdinary(): Subscription | undefined {
    return this.#ordinary.take();
  }
}
