import type { Notification } from '../../../../protocol/notification.js';

/** The notifications that expire, of those that are there. */
export class Expiries {
  readonly #expiring = new Map<string, Notification & { expiresAt: string }>();

  /** When the first one later than `after` does. */
  next(after: string): string | undefined {
    let next: string | undefined;
    for (const { expiresAt } of this.#expiring.values()) if (expiresAt > after && (next === undefined || expiresAt < next)) next = expiresAt;
    return next;
  }

  add(notification: Notification): void {
    const { id, expiresAt } = notification;
    if (expiresAt !== undefined) this.#expiring.set(id, { ...notification, expiresAt });
  }

  remove(id: string): void {
    this.#expiring.delete(id);
  }

  by(now: string): Notification[] {
    return [...this.#expiring.values()].filter(({ expiresAt }) => expiresAt <= now);
  }
}
