import { randomUUID } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type pg from 'pg';
import type { HistoryLimits } from '../store.js';
import type { StoreChange } from '../sql/sql-database.js';
import { SqlStore } from '../sql/sql-store.js';
import type { Tables } from '../sql/tables.js';
import { Transactions } from '../sql/transactions.js';
import { ChangeListener } from './change-listener.js';
import { ChangePoll } from './change-poll.js';
import { LogProof, type LogState } from './log-proof.js';
import { notify, postgresSql } from './postgres.js';
import { PostgresPeers } from './postgres-peers.js';
import {
  configOf,
  nameOf,
  openTables,
  openUnhurried,
  READERS,
  refuseUnsuited,
  riskOf,
} from './postgres-connections.js';
import type { ConnectionChecks } from './postgres-dialect.js';
import { whileOpening } from './postgres-errors.js';

/** A store in a PostgreSQL database, for any number of processes. */
export class PostgresStore extends SqlStore {
  override readonly isShared = true;
  override readonly peers: PostgresPeers;
  override risk: string | undefined = undefined;
  readonly #name: string;
  readonly #reads: Kysely<Tables>;
  readonly #writes: Kysely<Tables>;
  readonly #config: pg.PoolConfig;
  readonly #proof: LogProof;
  readonly #poll: ChangePoll;
  readonly #listener: ChangeListener;

  /**
   * @param url of the database
   * @param listenUrl of the database without a pooler in transaction mode before it, for LISTEN
   */
  constructor(url: string, limits: HistoryLimits, listenUrl = url) {
    const config = configOf(url);
    const process = randomUUID();
    const proof = new LogProof((epoch) => this.notifications.beginAnew(epoch));
    const checks: ConnectionChecks = {
      check: (client) => proof.prove(client),
      checkBegun: async (client, begun) => {
        if (proof.isDoubtful(begun as LogState)) await proof.prove(client);
      },
    };
    const [writes, reads] = [
      openTables({ ...config, max: 1 }, checks),
      openTables({ ...config, max: READERS }, checks),
    ];
    super({ reads, transactions: new Transactions(writes), dialect: postgresSql(process) }, limits);
    this.peers = new PostgresPeers(reads, process);
    this.#name = nameOf(url);
    [this.#config, this.#writes, this.#reads, this.#proof] = [config, writes, reads, proof];
    this.#poll = new ChangePoll(reads, (change) => this.#report(change));
    this.#listener = new ChangeListener(configOf(listenUrl), process, {
      received: ({ from, change, peer }) => {
        if (change !== undefined) this.#report(change);
        if (peer !== undefined) this.peers.receive(peer, from);
      },
      prove: (client) => proof.prove(client),
      poll: () => this.#poll.poll(),
      ping: async () => {
        await notify({ from: process }).execute(reads);
      },
    });
  }

  override get place(): string {
    return `in the PostgreSQL database ${this.#name}`;
  }

  /** @throws StoreError that names the database and the reason */
  override async open(): Promise<void> {
    try {
      await this.#prepare();
      this.notifications.follow({
        appended: ({ places }, epoch) => {
          const last = places.at(-1);
          if (last !== undefined) this.#proof.note({ ...last, id: last.data.id }, epoch);
        },
      });
      // Changes are reported from here on.
      await this.#poll.poll();
      this.#listener.start();
    } catch (error) {
      await this.#end();
      throw whileOpening(this.#name, error);
    }
  }

  override async close(): Promise<void> {
    await this.settle();
    await this.#listener.stop();
    await this.#end();
  }

  override async isReady(): Promise<boolean> {
    try {
      const { rows } = await sql<{ is_standby: boolean }>`
        SELECT pg_is_in_recovery() AS is_standby FROM log`.execute(this.#reads);
      return rows[0]?.is_standby === false;
    } catch {
      return false;
    }
  }

  /** Several processes may do this at the same time: the migrations have a lock. */
  async #prepare(): Promise<void> {
    const db = openUnhurried(this.#config);
    try {
      await refuseUnsuited(db, this.#name);
      this.risk = await riskOf(db);
      await this.prepare(db);
    } finally {
      await db.destroy();
    }
  }

  /** Reports a change of another process to the listeners. */
  #report(change: StoreChange): void {
    if ('username' in change) {
      this.users.tell(change.username);
      return;
    }
    const { heads, epoch } = change;
    for (const head of heads) {
      this.notifications.reportHead(head, epoch);
      this.#proof.note(head, epoch);
    }
  }

  async #end(): Promise<void> {
    await Promise.all([this.#reads.destroy(), this.#writes.destroy()]);
  }
}
