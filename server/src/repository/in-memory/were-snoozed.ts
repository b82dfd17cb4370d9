import type { SnoozedTogether } from '../../../../protocol/inbox.js';
import type { StoredNotification } from './stored-notification.js';
import type { UserInbox } from './user-inbox.js';

/** Until when notifications were snoozed before a change that sets another time: what undoes it. */
export class WereSnoozed {
  readonly #byTime = new Map<string, string[]>();

  /** @param until the time that the change sets; undefined: it sets none */
  constructor(private readonly until: string | null | undefined) {}

  /** Undefined where the change sets no time. */
  get told(): SnoozedTogether[] | undefined {
    if (this.until === undefined) return undefined;
    return [...this.#byTime].map(([snoozedUntil, ids]) => ({ ids, snoozedUntil }));
  }

  /** Due before these are changed. */
  note(some: readonly StoredNotification[], inbox: UserInbox): void {
    if (this.until === undefined) return;
    for (const stored of some) {
      const { snoozedUntil } = inbox.stateOf(stored);
      if (snoozedUntil === null || snoozedUntil === this.until || !inbox.reads(stored)) continue;
      const together = this.#byTime.get(snoozedUntil) ?? [];
      together.push(stored.id);
      this.#byTime.set(snoozedUntil, together);
    }
  }
}
