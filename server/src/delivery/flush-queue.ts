import type { Priority } from '../../../protocol/notification.js';
import type { Subscription } from './subscription.js';

/** Subscriptions with something to send, each once; those with something urgent are taken first. */
export class FlushQueue {
  #urgent: Subscription[] = [];
  #ordinary: Subscription[] = [];
  #urgentTaken = 0;
  #ordinaryTaken = 0;

  get isEmpty(): boolean {
    return this.#urgentTaken === this.#urgent.length && this.#ordinaryTaken === this.#ordinary.length;
  }

  add(subscription: Subscription, urgency: Priority): void {
    if (urgency === 'high') {
      if (subscription.queuedAs === 'urgent') return;
      // It may also stand in the other line; whoever comes to it there sees that it has been served.
      subscription.queuedAs = 'urgent';
      this.#urgent.push(subscription);
    } else if (subscription.queuedAs === undefined) {
      subscription.queuedAs = 'ordinary';
      this.#ordinary.push(subscription);
    }
  }

  /** The next one; undefined for a place in the line that has been served from the other. */
  take(): Subscription | undefined {
    const isUrgent = this.#urgentTaken < this.#urgent.length;
    const subscription = isUrgent ? this.#urgent[this.#urgentTaken++] : this.#ordinary[this.#ordinaryTaken++];
    this.#reuse();
    if (subscription?.queuedAs !== (isUrgent ? 'urgent' : 'ordinary')) return undefined;
    subscription.queuedAs = undefined;
    return subscription;
  }

  #reuse(): void {
    if (this.#urgentTaken === this.#urgent.length) {
      this.#urgent = [];
      this.#urgentTaken = 0;
    }
    if (this.#ordinaryTaken === this.#ordinary.length) {
      this.#ordinary = [];
      this.#ordinaryTaken = 0;
    }
  }
}
