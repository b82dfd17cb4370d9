import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RawBuilder, sql } from 'kysely';
import type { CopyEnd } from '../copy/copy-end.js';
import { expired, firstExpiry } from '../sql/expired-requests.js';
import { ALL_SENDERS } from '../sql/keyed-requests.js';
import { SqlRequestRepository } from '../sql/sql-request-repository.js';
import { Transactions } from '../sql/transactions.js';
import { openSqliteSource } from './sqlite-copy-end.js';
import { SqliteStore } from './sqlite-store.js';

const LIMITS = { bytes: 1000, bytesOfAll: 1500, reserved: 100 };

describe('requests for which there is no room', () => {
  const folder = mkdtempSync(join(tmpdir(), 'herald-requests-'));
  /** Refuses to write. */
  let end: CopyEnd;

  beforeAll(async () => {
    const file = join(folder, 'herald.db');
    const store = new SqliteStore(file, { count: 1000, bytes: 1024 * 1024 });
    await store.open();
    const until = new Date(Date.now() + 3_600_000).toISOString();
    for (const sender of ['ada', 'bob'])
      await store.requests.keep({ sender, key: 'deploy-42', digest: '', bytes: 700, until });
    await store.close();
    end = await openSqliteSource(file, () => Promise.resolve());
  });

  afterAll(async () => {
    await end.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test.each([
    ['their own limit', 400],
    ['that of all', 200],
  ])('are refused by %s without a write, until one expires', async (_, bytes) => {
    const { db: reads, dialect } = end;
    const requests = new SqlRequestRepository({ reads, transactions: new Transactions(reads), dialect });
    const waitMs = await requests.msUntilRoom('ada', bytes, LIMITS);
    expect(waitMs).toBeGreaterThan(3_500_000);
    expect(waitMs).toBeLessThanOrEqual(3_600_000);
  });

  test.each<[string, RawBuilder<unknown>]>([
    ['the first expiry of a sender', firstExpiry('ada')],
    ['the first expiry of all', firstExpiry(ALL_SENDERS)],
    ['expired ones of a sender', expired('ada')],
    ['expired ones of all', expired(ALL_SENDERS)],
  ])('have an index by which SQLite finds %s', async (_, query) => {
    const { rows } = await sql<{ detail: string }>`EXPLAIN QUERY PLAN ${query}`.execute(end.db);
    expect(rows.map(({ detail }) => detail)).toEqual([expect.stringMatching(/^SEARCH requests USING .*INDEX/)]);
  });
});
