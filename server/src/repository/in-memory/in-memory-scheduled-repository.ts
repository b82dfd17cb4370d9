import type { ScheduledNotification } from '../../../../protocol/scheduled.js';
import { ScheduledRepository } from '../scheduled-repository.js';

/** Keeps what is scheduled for as long as the process lives. */
export class InMemoryScheduledRepository extends ScheduledRepository {
  readonly #scheduled = new Map<string, ScheduledNotification>();

  override add(scheduled: ScheduledNotification, max: number): Promise<boolean> {
    let count = 0;
    for (const { sender } of this.#scheduled.values()) if (sender === scheduled.sender) count += 1;
    if (count >= max) return Promise.resolve(false);
    this.#scheduled.set(scheduled.id, scheduled);
    return Promise.resolve(true);
  }

  override save(scheduled: ScheduledNotification): Promise<void> {
    this.#scheduled.set(scheduled.id, scheduled);
    return Promise.resolve();
  }

  override list(sender?: string): Promise<ScheduledNotification[]> {
    return Promise.resolve(this.#soonestFirst((one) => sender === undefined || one.sender === sender));
  }

  override find(id: string): Promise<ScheduledNotification | undefined> {
    return Promise.resolve(this.#scheduled.get(id));
  }

  override take(id: string): Promise<boolean> {
    return Promise.resolve(this.#scheduled.delete(id));
  }

  override nextDue(after: string): Promise<string | undefined> {
    return Promise.resolve(this.#soonestFirst(({ deliverAt, problem }) => problem === undefined && deliverAt > after)[0]?.deliverAt);
  }

  override dueBy(now: string): Promise<ScheduledNotification[]> {
    return Promise.resolve(this.#soonestFirst(({ deliverAt, problem }) => problem === undefined && deliverAt <= now));
  }

  override forget(sender: string): Promise<void> {
    for (const one of this.#scheduled.values()) if (one.sender === sender) this.#scheduled.delete(one.id);
    return Promise.resolve();
  }

  #soonestFirst(isMeant: (one: ScheduledNotification) => boolean): ScheduledNotification[] {
    return [...this.#scheduled.values()].filter(isMeant).toSorted((one, other) => (one.deliverAt < other.deliverAt ? -1 : 1));
  }
}
