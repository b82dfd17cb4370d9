import type { SnoozedTogether } from '@herald/protocol';
import type { StoredNotification } from './stored-notification.js';
import type { UserInbox } from './user-inbox.js';

/** Ends of the snoozes that a change replaces, for its undo. */
export class WereSnoozed {
  readonly #byTime = new Map<string, string[]>();

  /** @param until end of the snooze that the change sets; undefined: none */
  constructor(private readonly until: string | null | undefined) {}

  /** Undefined if the change sets no snooze. */
  get told(): SnoozedTogether[] | undefined {
    if (this.until === undefined) return undefined;
    return [...this.#byTime].map(([snoozedUntil, ids]) => ({ ids, snoozedUntil }));
  }

  /** Call this before the change. */
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
