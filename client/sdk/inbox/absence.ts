import type { Notification } from '@herald/protocol';

/** Finds out which notifications came while the client was away: closed, asleep or disconnected. Ids ascend with time. */
export class Absence {
  readonly #late = new Map<string, Notification>();
  readonly #settled = new Set<string>();
  #liveAfter: string | null = null;
  /** Nothing is collected between the end of one absence and the begin of the next. */
  #isOver = false;

  /** @param known id of the newest notification that was here before; empty for none, null for a first visit */
  constructor(private known: string | null) {}

  /** Notifications newer than this id come live, even if a page brings them sooner; null: not all of them. */
  endsAt(newest: string | null): void {
    this.#liveAfter = newest;
    this.#isOver = false;
  }

  /** These came over a connection that was catching up. */
  add(notifications: readonly Notification[]): void {
    for (const notification of notifications) this.#late.set(notification.id, notification);
  }

  /** These need no attention any more, whether they have come or not. */
  drop(ids: readonly string[]): void {
    if (!this.#isOver) for (const id of ids) this.#settled.add(id);
  }

  /** The newest page was read. Notifications newer than all known ones came meanwhile, unless they are shown already. */
  read(newest: readonly Notification[], shown: readonly Notification[]): void {
    const { known } = this;
    const shownIds = new Set(shown.map(({ id }) => id));
    if (known !== null) this.add(newest.filter(({ id }) => id > known && !shownIds.has(id)));
    // A filtered page may have nothing that is new.
    this.known = [known ?? '', newest[0]?.id ?? ''].reduce((one, other) => (one > other ? one : other));
  }

  /** Ends the absence. @returns the notifications that came meanwhile, oldest first */
  take(): readonly Notification[] {
    const end = this.#liveAfter;
    const isLate = (id: string): boolean => (end === null || id <= end) && !this.#settled.has(id);
    const late = [...this.#late.values()].filter(({ id }) => isLate(id)).sort((a, b) => (a.id < b.id ? -1 : 1));
    this.#late.clear();
    this.#settled.clear();
    this.#isOver = true;
    return late;
  }
}
