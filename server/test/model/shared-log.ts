import type { Notification, Priority } from '@herald/protocol';
import {
  type Addressed,
  type EntryIds,
  type Heads,
  type LogListener,
  type LogPage,
  NotificationRepository,
  type Place,
  type Stored,
} from '../../src/repository/notification-repository.js';
import type { InMemoryNotificationRepository } from '../../src/repository/in-memory/in-memory-notification-repository.js';

/** How a process hears of what others store: with the entries, or by hints of which some get lost. */
export type Announcement = 'entries' | 'hints';

/** A log as the processes that share it see it. Every third hint gets lost. It can begin anew. */
export class SharedLog extends NotificationRepository {
  readonly #listeners = new Set<LogListener>();
  #hints = 0;
  #unfollow: () => void;

  constructor(
    private log: InMemoryNotificationRepository,
    private readonly announcement: Announcement,
  ) {
    super();
    this.#unfollow = this.#follow();
  }

  get epoch(): string {
    return this.log.epoch;
  }

  beginAnew(log: InMemoryNotificationRepository, isAnnounced: boolean): void {
    this.#unfollow();
    this.log = log;
    this.#unfollow = this.#follow();
    if (isAnnounced) for (const listener of this.#listeners) listener.beganAnew?.();
  }

  override follow(listener: LogListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  override appendAll(items: readonly Addressed[]): Promise<Stored[]> {
    return this.log.appendAll(items);
  }

  override retract(id: string): Promise<boolean> {
    return this.log.retract(id);
  }

  override heads(channels: readonly string[]): Promise<Heads> {
    return this.log.heads(channels);
  }

  override idsAt(places: readonly Place[]): Promise<EntryIds> {
    return this.log.idsAt(places);
  }

  override read(...query: [string, Priority, number, number, number?]): Promise<LogPage> {
    return this.log.read(...query);
  }

  override find(id: string): Promise<Notification | undefined> {
    return this.log.find(id);
  }

  override sentBy(sender: string, limit: number, before?: string): Promise<Notification[]> {
    return this.log.sentBy(sender, limit, before);
  }

  override nextExpiry(after: string): Promise<string | undefined> {
    return this.log.nextExpiry(after);
  }

  override expiredBy(now: string, limit: number): Promise<Notification[]> {
    return this.log.expiredBy(now, limit);
  }

  #follow(): () => void {
    return this.log.follow({ appended: (stored) => this.#tell(stored) });
  }

  #tell(stored: Stored): void {
    for (const listener of this.#listeners) {
      if (this.announcement === 'entries') listener.appended(stored);
      else if (++this.#hints % 3 > 0)
        for (const { channel, lane, offset, data } of stored.places)
          listener.grown?.(channel, lane, { offset, id: data.id });
    }
  }
}
