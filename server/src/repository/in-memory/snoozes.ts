interface Snooze {
  readonly username: string;
  readonly id: string;
  readonly until: string;
}

/** What is snoozed, of everybody. */
export class Snoozes {
  readonly #snoozes = new Map<string, Snooze>();

  /** When the first one later than `after` ends. */
  next(after: string): string | undefined {
    let next: string | undefined;
    for (const { until } of this.#snoozes.values()) if (until > after && (next === undefined || until < next)) next = until;
    return next;
  }

  /** @param until null: snoozed no longer */
  set(username: string, ids: readonly string[], until: string | null): void {
    for (const id of ids) {
      if (until === null) this.#snoozes.delete(`${username} ${id}`);
      else this.#snoozes.set(`${username} ${id}`, { username, id, until });
    }
  }

  /** Whose have ended by then. */
  sleepersBy(now: string): string[] {
    const ended = [...this.#snoozes.values()].filter(({ until }) => until <= now);
    return [...new Set(ended.map(({ username }) => username))];
  }

  /** Forgets those of a person that have ended by then. @returns their ids */
  end(username: string, now: string): string[] {
    const ended = [...this.#snoozes.values()].filter((snooze) => snooze.username === username && snooze.until <= now);
    const ids = ended.map(({ id }) => id);
    this.set(username, ids, null);
    return ids;
  }

  forget(username: string): void {
    for (const [key, snooze] of this.#snoozes) if (snooze.username === username) this.#snoozes.delete(key);
  }
}
