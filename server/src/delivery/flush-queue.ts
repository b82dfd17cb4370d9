import type { Priority } from '../../../protocol/notification.js';
import type { Subscription } from './subscription.js';

/** Places that have been served are given up together, so that each costs little; a line that never empties has no more. */
const KEPT = 256;

/** First in, first out. */
class Line {
  #subscriptions: Subscription[] = [];
  #taken = 0;

  get length(): number {
    return this.#subscriptions.length - this.#taken;
  }

  add(subscription: Subscription): void {
    this.#subscriptions.push(subscription);
  }

  take(): Subscription | undefined {
    if (this.length === 0) return undefined;
    const subscription = this.#subscriptions[this.#taken++];
    const isWorthIt = this.#taken >= KEPT && this.#taken * 2 >= this.#subscriptions.length;
    if (this.length === 0 || isWorthIt) {
      this.#subscriptions = this.#subscriptions.slice(this.#taken);
      this.#taken = 0;
    }
    return subscription;
  }
}

/**
 * Subscriptions with something to send: those with something urgent in one line, which is served first, and those with
 * something else in another. Each stands once in a line, and may have been served from the other one before.
 */
export class FlushQueue {
  readonly #urgent = new Line();
  readonly #ordinary = new Line();

  get urgentLength(): number {
    return this.#urgent.length;
  }

  get isEmpty(): boolean {
    return this.#urgent.length + this.#ordinary.length === 0;
  }

  add(subscription: Subscription, urgency: Priority): void {
    if (urgency === 'high') this.#addUrgent(subscription);
    else this.#addOrdinary(subscription);
  }

  take(): Subscription | undefined {
    const urgent = this.#urgent.take();
    if (urgent !== undefined) {
      urgent.isQueuedUrgent = false;
      return urgent;
    }
    const ordinary = this.#ordinary.take();
    if (ordinary !== undefined) ordinary.isQueuedOrdinary = false;
    return ordinary;
  }

  #addUrgent(subscription: Subscription): void {
    if (subscription.isQueuedUrgent) return;
    subscription.isQueuedUrgent = true;
    this.#urgent.add(subscription);
  }

  #addOrdinary(subscription: Subscription): void {
    if (subscription.isQueuedOrdinary) return;
    subscription.isQueuedOrdinary = true;
    this.#ordinary.add(subscription);
  }
}
