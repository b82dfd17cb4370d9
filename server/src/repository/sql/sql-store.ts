import type { Kysely, Transaction } from 'kysely';
import type { StoredApp } from '../app-repository.js';
import { ticketsOf } from '../request-repository.js';
import { type HistoryLimits, Store } from '../store.js';
import { SqlInboxRepository } from './inbox/sql-inbox-repository.js';
import { SqlNotificationRepository } from './log/sql-notification-repository.js';
import { migrate } from './migrations.js';
import { SqlAppRepository } from './sql-app-repository.js';
import { SqlAppTemplateRepository } from './sql-app-template-repository.js';
import type { SqlDatabase } from './sql-database.js';
import { SqlPreferencesRepository } from './sql-preferences-repository.js';
import { SqlReceiptRepository } from './sql-receipt-repository.js';
import { SqlRequestRepository } from './sql-request-repository.js';
import { SqlScheduledRepository } from './sql-scheduled-repository.js';
import { SqlUserRepository } from './sql-user-repository.js';
import type { Tables } from './tables.js';

/** A store in the tables of a database. An adapter opens the database and closes it. */
export abstract class SqlStore extends Store {
  override readonly notifications: SqlNotificationRepository;
  override readonly inboxes: SqlInboxRepository;
  override readonly preferences: SqlPreferencesRepository;
  override readonly receipts: SqlReceiptRepository;
  override readonly requests: SqlRequestRepository;
  override readonly scheduled: SqlScheduledRepository;
  override readonly users: SqlUserRepository;
  override readonly apps: SqlAppRepository;
  override readonly templates: SqlAppTemplateRepository;
  #id = '';

  constructor(
    private readonly database: SqlDatabase,
    limits: HistoryLimits,
  ) {
    super();
    this.notifications = new SqlNotificationRepository(database, limits, this.appends);
    this.inboxes = new SqlInboxRepository(database, this.notifications);
    this.preferences = new SqlPreferencesRepository(database, this.notifications);
    this.receipts = new SqlReceiptRepository(database);
    this.requests = new SqlRequestRepository(database);
    this.scheduled = new SqlScheduledRepository(database, this.notifications);
    this.users = new SqlUserRepository(database);
    this.apps = new SqlAppRepository(database, this.users);
    this.templates = new SqlAppTemplateRepository(database);
  }

  override get id(): string {
    return this.#id;
  }

  override async removeAccount(username: string): Promise<boolean> {
    const { isRemoved } = await this.database.transactions.run(
      async (db) => {
        if (!(await this.users.remove(db, username))) return { isRemoved: false, apps: [] };
        await this.receipts.forget(db, username);
        await this.inboxes.forget(db, username);
        await this.preferences.forget(db, username);
        await this.#forgetSenders(db, [username, ticketsOf(username)]);
        return { isRemoved: true, apps: await this.#removeApps(db, 'owner', username) };
      },
      ({ isRemoved, apps }) => {
        if (isRemoved) this.users.tell(username);
        for (const app of apps) this.apps.tell(app);
      },
    );
    return isRemoved;
  }

  override async removeApp(id: number): Promise<boolean> {
    const removed = await this.database.transactions.run(
      (db) => this.#removeApps(db, 'id', id),
      (apps) => {
        for (const app of apps) this.apps.tell(app);
      },
    );
    return removed.length > 0;
  }

  async #removeApps(db: Transaction<Tables>, column: 'id' | 'owner', value: number | string): Promise<StoredApp[]> {
    await this.templates.forget(db, column, value);
    const apps = await this.apps.remove(db, column, value);
    const names = apps.map(({ name }) => name);
    if (names.length > 0) await this.#forgetSenders(db, names);
    return apps;
  }

  async #forgetSenders(db: Transaction<Tables>, names: readonly string[]): Promise<void> {
    await this.scheduled.forget(db, names);
    await this.requests.forget(db, names);
  }

  /** Brings the tables up to date. @throws StoreError */
  protected async prepare(writes: Kysely<Tables>): Promise<void> {
    await migrate(writes, this.database.dialect);
    this.#id = (await writes.selectFrom('log').select('store_id').executeTakeFirstOrThrow()).store_id;
  }

  /** Resolves when everything so far is stored. */
  protected async settle(): Promise<void> {
    this.notifications.stopTrimming();
    await this.receipts.flush();
    await this.database.transactions.settled();
  }
}
