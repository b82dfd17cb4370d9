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
import { epochOf } from '../repository/log-contents.js';

/** Whether this process stores everything, and hears it, or others store as well, and announce it by hints. */
export type Announcement = 'entries' | 'hints';

/**
 * A log as the processes that share it see it. With hints, this process stores every fourth entry itself; of the hints
 * of others a third gets lost, and a third comes after the next entry, perhaps when the log has begun anew.
 */
export class SharedLog extends NotificationRepository {
  readonly #listeners = new Set<LogListener>();
  #told = 0;
  #late: (() => void)[] = [];
  #unfollow: () => void;
  /** Reads of delivery that are under way. */
  readonly #reads = new Set<Promise<unknown>>();

  private constructor(
    private log: NotificationRepository,
    /** That of the log. */
    public epoch: string,
    private readonly announcement: Announcement,
  ) {
    super();
    this.#unfollow = this.#follow();
  }

  static async of(log: NotificationRepository, announcement: Announcement): Promise<SharedLog> {
    return new SharedLog(log, await epochOf(log), announcement);
  }

  async beginAnew(log: NotificationRepository, isAnnounced: boolean): Promise<void> {
    this.#unfollow();
    [this.log, this.epoch] = [log, await epochOf(log)];
    this.#unfollow = this.#follow();
    if (isAnnounced) for (const listener of this.#listeners) listener.epochChanged?.(this.epoch);
  }

  /** Resolves once no read is under way. */
  async quiet(): Promise<void> {
    do {
      await Promise.allSettled(this.#reads);
      // Lets the callers use the answers.
      for (let i = 0; i < 4; i++) await Promise.resolve();
    } while (this.#reads.size > 0);
  }

  override dropBefore(instant: string): Promise<void> {
    return this.log.dropBefore(instant);
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
    return this.#noted(this.log.heads(channels));
  }

  override idsAt(places: readonly Place[]): Promise<EntryIds> {
    return this.#noted(this.log.idsAt(places));
  }

  override read(...query: [string, Priority, number, number, number?]): Promise<LogPage> {
    return this.#noted(this.log.read(...query));
  }

  override find(id: string): Promise<Notification | undefined> {
    return this.log.find(id);
  }

  override sentBy(senders: readonly string[], limit: number, before?: string): Promise<Notification[]> {
    return this.log.sentBy(senders, limit, before);
  }

  override nextExpiry(after: string): Promise<string | undefined> {
    return this.log.nextExpiry(after);
  }

  override expiredBy(now: string, limit: number): Promise<Notification[]> {
    return this.log.expiredBy(now, limit);
  }

  #noted<Answer>(read: Promise<Answer>): Promise<Answer> {
    this.#reads.add(read);
    const end = (): void => void this.#reads.delete(read);
    read.then(end, end);
    return read;
  }

  #follow(): () => void {
    return this.log.follow({ appended: (stored) => this.#tell(stored) });
  }

  #tell(stored: Stored): void {
    const { epoch } = this;
    const late = this.#late.splice(0);
    for (const listener of this.#listeners) {
      const hint = (): void => {
        for (const { channel, lane, offset, data } of stored.places)
          listener.headAdvanced?.(channel, lane, { offset, id: data.id }, epoch);
      };
      const turn = this.announcement === 'entries' ? 0 : this.#told++ % 4;
      if (turn === 0) listener.appended(stored, epoch);
      else if (turn === 1) hint();
      else if (turn === 2) this.#late.push(hint);
    }
    for (const tell of late) tell();
  }
}
