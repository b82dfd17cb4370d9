import { DueList } from './due-list.js';

/** The snoozes of all people. */
export class Snoozes {
  /** Ids of each person's snoozed notifications, by the end of the snooze. */
  readonly #own = new Map<string, DueList<string>>();
  /** These people, by the end of their first snooze. */
  readonly #people = new DueList<string>();

  /** When the first one later than `after` ends. */
  next(after: string): string | undefined {
    const ends = this.#people.by(after, Infinity).map((username) => this.#own.get(username)?.nextAfter(after));
    return [...ends, this.#people.nextAfter(after)].filter((end) => end !== undefined).sort()[0];
  }

  /** @param until null ends the snooze */
  set(username: string, ids: readonly string[], until: string | null): void {
    const own = this.#own.get(username) ?? new DueList<string>();
    for (const id of ids) {
      if (until === null) own.delete(id);
      else own.set(id, until, id);
    }
    if (own.first === undefined) this.forget(username);
    else {
      this.#own.set(username, own);
      this.#people.set(username, own.first, username);
    }
  }

  /** Up to `limit` people whose first snooze ends by then. */
  sleepersBy(now: string, limit: number): string[] {
    return this.#people.by(now, limit);
  }

  /** Ids of a person's notifications whose snooze ends by then. */
  endedBy(username: string, now: string): string[] {
    return this.#own.get(username)?.by(now, Infinity) ?? [];
  }

  forget(username: string): void {
    this.#own.delete(username);
    this.#people.delete(username);
  }
}
