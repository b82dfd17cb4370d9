import type { FieldError, ScheduledNotification } from '@herald/protocol';
import { sql, type Transaction } from 'kysely';
import { notificationBytes } from '../entry-cost.js';
import type { NewNotification, Stored } from '../notification-repository.js';
import { type KeyedRequest, RequestDone } from '../request-repository.js';
import { ScheduledRepository, type ScheduledLimits, type ScheduledQuery } from '../scheduled-repository.js';
import { isDone, keep } from './keyed-requests.js';
import type { SqlNotificationRepository } from './log/sql-notification-repository.js';
import type { SqlDatabase } from './sql-database.js';
import { isRemoved } from './sql-user-repository.js';
import type { Tables } from './tables.js';

/** Scheduled notifications in the tables of a database. */
export class SqlScheduledRepository extends ScheduledRepository {
  constructor(
    private readonly database: SqlDatabase,
    private readonly log: SqlNotificationRepository,
  ) {
    super();
  }

  override add(
    scheduled: ScheduledNotification,
    limits: ScheduledLimits,
    request?: KeyedRequest,
  ): Promise<keyof ScheduledLimits | undefined> {
    const { id, sender, deliverAt, problem } = scheduled;
    const bytes = notificationBytes(scheduled);
    return this.database.transactions.run(async (db) => {
      if (await isDone(db, request)) throw new RequestDone();
      if (await isRemoved(db, sender)) return undefined;
      const exceeded = await this.#exceeded(db, sender, bytes, limits);
      if (exceeded !== undefined) return exceeded;
      const row = { id, sender, deliver_at: deliverAt, has_problem: problem === undefined ? 0 : 1, bytes };
      await db
        .insertInto('scheduled')
        .values({ ...row, scheduled: JSON.stringify(scheduled) })
        .execute();
      await keep(db, request, [scheduled]);
      return undefined;
    });
  }

  override async setProblem(id: string, fault: FieldError): Promise<void> {
    await this.database.transactions.run(async (db) => {
      const row = await db.selectFrom('scheduled').select('scheduled').where('id', '=', id).executeTakeFirst();
      if (row === undefined) return;
      const scheduled = { ...scheduledIn(row), problem: fault.reason, fault };
      await db
        .updateTable('scheduled')
        .set({ scheduled: JSON.stringify(scheduled), has_problem: 1 })
        .where('id', '=', id)
        .execute();
    });
  }

  override async list({ senders, limit, after }: ScheduledQuery): Promise<ScheduledNotification[]> {
    const { reads, dialect } = this.database;
    let query = reads.selectFrom('scheduled').select('scheduled').orderBy('deliver_at').orderBy('id');
    if (senders !== undefined) query = query.where(sql<boolean>`sender ${dialect.anyOf(senders)}`);
    if (after !== undefined) query = query.where(sql<boolean>`(deliver_at, id) > (${after.at}, ${after.id})`);
    return (await query.limit(limit).execute()).map(scheduledIn);
  }

  override async find(id: string): Promise<ScheduledNotification | undefined> {
    const row = await this.database.reads
      .selectFrom('scheduled')
      .select('scheduled')
      .where('id', '=', id)
      .executeTakeFirst();
    return row && scheduledIn(row);
  }

  override cancel(id: string): Promise<boolean> {
    return this.database.transactions.run((db) => this.#delete(db, id));
  }

  override async send(id: string, data: NewNotification): Promise<Stored | undefined> {
    const appended = await this.database.transactions.run(
      async (db) => {
        if (!(await this.#delete(db, id))) return undefined;
        return this.log.appendIn(db, [{ channels: data.audience, entry: { event: 'notification', data } }]);
      },
      (done) => {
        if (done !== undefined) this.log.tell(done);
      },
    );
    return appended?.items[0];
  }

  override async nextDue(after: string): Promise<string | undefined> {
    const { rows } = await sql<{ at: string | null }>`
      SELECT min(deliver_at) AS at FROM scheduled WHERE has_problem = 0 AND deliver_at > ${after}`.execute(
      this.database.reads,
    );
    return rows[0]?.at ?? undefined;
  }

  override async dueBy(now: string, limit: number): Promise<ScheduledNotification[]> {
    const rows = await this.database.reads
      .selectFrom('scheduled')
      .select('scheduled')
      .where('has_problem', '=', 0)
      .where('deliver_at', '<=', now)
      .orderBy('deliver_at')
      .orderBy('id')
      .limit(limit)
      .execute();
    return rows.map(scheduledIn);
  }

  /** Drops everything of removed accounts or apps. */
  async forget(db: Transaction<Tables>, senders: readonly string[]): Promise<void> {
    await sql`DELETE FROM scheduled WHERE sender ${this.database.dialect.anyOf(senders)}`.execute(db);
  }

  async #delete(db: Transaction<Tables>, id: string): Promise<boolean> {
    const gone = await db.deleteFrom('scheduled').where('id', '=', id).returning('id').execute();
    return gone.length > 0;
  }

  async #exceeded(
    db: Transaction<Tables>,
    sender: string,
    bytes: number,
    limits: ScheduledLimits,
  ): Promise<keyof ScheduledLimits | undefined> {
    const { rows } = await sql<{ count: number; own: number; all_bytes: number }>`
      SELECT count(*) AS count, coalesce(sum(bytes), 0) AS own,
        (SELECT coalesce(sum(bytes), 0) FROM scheduled) AS all_bytes
      FROM scheduled WHERE sender = ${sender}`.execute(db);
    const [kept] = rows;
    if (kept === undefined) return undefined;
    if (kept.count >= limits.count) return 'count';
    const own = kept.own + bytes;
    if (own > limits.bytes) return 'bytes';
    return own > limits.reserved && kept.all_bytes + bytes > limits.bytesOfAll ? 'bytesOfAll' : undefined;
  }
}

function scheduledIn({ scheduled }: { scheduled: string }): ScheduledNotification {
  return JSON.parse(scheduled) as ScheduledNotification;
}
