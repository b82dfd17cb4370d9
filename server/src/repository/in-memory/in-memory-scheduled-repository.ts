import type { FieldError, ScheduledNotification } from '@herald/protocol';
import type { NewNotification, Stored } from '../notification-repository.js';
import type { KeyedRequest } from '../request-repository.js';
import { ScheduledRepository, type ScheduledLimits, type ScheduledQuery } from '../scheduled-repository.js';
import { DueList, soonestFirst } from './due-list.js';
import { notificationBytes } from '../entry-cost.js';
import type { InMemoryNotificationRepository } from './in-memory-notification-repository.js';
import { InMemoryRequestRepository } from './in-memory-request-repository.js';

/** The scheduled notifications of one sender. */
interface Plans {
  readonly all: DueList<ScheduledNotification>;
  bytes: number;
}

/** Keeps scheduled notifications in memory, and sends them to `log`. */
export class InMemoryScheduledRepository extends ScheduledRepository {
  readonly #all = new DueList<ScheduledNotification>();
  /** Scheduled notifications without a problem. */
  readonly #due = new DueList<ScheduledNotification>();
  readonly #bySender = new Map<string, Plans>();
  #bytes = 0;

  constructor(
    private readonly log: InMemoryNotificationRepository,
    private readonly requests = new InMemoryRequestRepository(),
  ) {
    super();
  }

  override add(
    scheduled: ScheduledNotification,
    limits: ScheduledLimits,
    request?: KeyedRequest,
  ): Promise<keyof ScheduledLimits | undefined> {
    const add = (): keyof ScheduledLimits | undefined => {
      const exceeded = this.#exceeded(scheduled, limits);
      if (exceeded === undefined) this.#set(scheduled);
      return exceeded;
    };
    const answers = (exceeded: ReturnType<typeof add>) => (exceeded === undefined ? [scheduled] : []);
    return new Promise((resolve) => resolve(this.requests.once(request, add, answers)));
  }

  override setProblem(id: string, fault: FieldError): Promise<void> {
    const scheduled = this.#all.get(id);
    if (scheduled !== undefined && this.#delete(id)) this.#set({ ...scheduled, problem: fault.reason, fault });
    return Promise.resolve();
  }

  override list({ senders, limit, after }: ScheduledQuery): Promise<ScheduledNotification[]> {
    if (senders === undefined) return Promise.resolve(this.#all.list(limit, after));
    const found = senders.flatMap((sender) => this.#bySender.get(sender)?.all.list(limit, after) ?? []);
    return Promise.resolve(found.toSorted(byDelivery).slice(0, limit));
  }

  override find(id: string): Promise<ScheduledNotification | undefined> {
    return Promise.resolve(this.#all.get(id));
  }

  override cancel(id: string): Promise<boolean> {
    return Promise.resolve(this.#delete(id));
  }

  override send(id: string, data: NewNotification): Promise<Stored | undefined> {
    if (!this.#delete(id)) return Promise.resolve(undefined);
    const [stored] = this.log.appendNow([{ channels: data.audience, entry: { event: 'notification', data } }]);
    return Promise.resolve(stored);
  }

  override nextDue(after: string): Promise<string | undefined> {
    return Promise.resolve(this.#due.nextAfter(after));
  }

  override dueBy(now: string, limit: number): Promise<ScheduledNotification[]> {
    return Promise.resolve(this.#due.by(now, limit));
  }

  /** Drops everything of a removed account or app. */
  forget(sender: string): void {
    for (const { id } of this.#bySender.get(sender)?.all.list(Infinity) ?? []) this.#delete(id);
  }

  #exceeded(
    scheduled: ScheduledNotification,
    { count, bytes, bytesOfAll, reserved }: ScheduledLimits,
  ): keyof ScheduledLimits | undefined {
    const cost = notificationBytes(scheduled);
    const plans = this.#bySender.get(scheduled.sender);
    if (plans !== undefined && plans.all.size >= count) return 'count';
    const own = (plans?.bytes ?? 0) + cost;
    if (own > bytes) return 'bytes';
    return own > reserved && this.#bytes + cost > bytesOfAll ? 'bytesOfAll' : undefined;
  }

  #set(scheduled: ScheduledNotification): void {
    const { id, sender, deliverAt, problem } = scheduled;
    const plans = this.#bySender.get(sender) ?? { all: new DueList<ScheduledNotification>(), bytes: 0 };
    this.#bySender.set(sender, plans);
    plans.all.set(id, deliverAt, scheduled);
    this.#all.set(id, deliverAt, scheduled);
    if (problem === undefined) this.#due.set(id, deliverAt, scheduled);
    this.#account(plans, notificationBytes(scheduled));
  }

  #delete(id: string): boolean {
    const scheduled = this.#all.get(id);
    const plans = this.#bySender.get(scheduled?.sender ?? '');
    if (scheduled === undefined || plans === undefined) return false;
    this.#all.delete(id);
    this.#due.delete(id);
    plans.all.delete(id);
    this.#account(plans, -notificationBytes(scheduled));
    if (plans.all.size === 0) this.#bySender.delete(scheduled.sender);
    return true;
  }

  #account(plans: Plans, bytes: number): void {
    plans.bytes += bytes;
    this.#bytes += bytes;
  }
}

function byDelivery(one: ScheduledNotification, other: ScheduledNotification): number {
  return soonestFirst({ at: one.deliverAt, id: one.id }, { at: other.deliverAt, id: other.id });
}
