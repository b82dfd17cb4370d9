import type { SnoozedTogether } from '@herald/protocol';

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

  /** @param before end of the snooze of a notification before the change; null if it had none */
  note(id: string, before: string | null): void {
    if (this.until === undefined || before === null || before === this.until) return;
    const together = this.#byTime.get(before) ?? [];
    together.push(id);
    this.#byTime.set(before, together);
  }
}
