import type { Priority } from '@herald/protocol';
import { Published } from '../delivery-promise/published.js';
import type { PostgresServer } from '../repository/postgres-server.js';

/** Entries of a channel that a database has, to compare with the ledgers of clients. */
export interface StoredEntries {
  readonly epoch: string;
  readonly published: Published;
  readonly ids: ReadonlySet<string>;
}

/** @param database in which nothing of the channel was trimmed */
export async function storedEntries(
  postgres: PostgresServer,
  database: string,
  channel: string,
): Promise<StoredEntries> {
  const rows = await postgres.query(
    `SELECT epoch, lane, "offset", id FROM log, places JOIN entries USING (no)
     WHERE channel = '${channel}' ORDER BY lane, "offset"`,
    postgres.url(database),
  );
  const epoch = String(rows[0]?.['epoch']);
  const published = new Published();
  for (const { lane, offset, id } of rows) {
    published.add(epoch, channel, lane as Priority, String(id));
    expect(published.count(epoch, channel, lane as Priority)).toBe(Number(offset));
  }
  return { epoch, published, ids: new Set(rows.map(({ id }) => String(id))) };
}
