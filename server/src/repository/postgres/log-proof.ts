import { randomUUID } from 'node:crypto';
import type { ClientBase } from 'pg';
import type { NewHead } from '../sql/sql-database.js';

interface Known extends NewHead {
  readonly epoch: string;
}

/**
 * Proves that a database still has everything that this process has seen in it. A standby without synchronous commit
 * that was promoted, or an older copy that was restored, may lack the newest entries: then offsets would be used twice,
 * so the log gets another epoch.
 */
export class LogProof {
  #newest: Known | undefined;

  /** @param beganAnew called with the new epoch, whichever process has begun it */
  constructor(private readonly beganAnew: (epoch: string) => void) {}

  /** An entry that is stored now. Ids ascend in the order of the commits. */
  note({ channel, lane, offset, id }: NewHead, epoch: string): void {
    if (this.#newest !== undefined && id < this.#newest.id) return;
    this.#newest = { channel, lane, offset, id, epoch };
  }

  async prove(client: ClientBase): Promise<void> {
    const known = this.#newest;
    if (known === undefined) return;
    const { rows } = await client.query<{ epoch: string; id: string | null }>(
      `SELECT log.epoch, e.id FROM log
       LEFT JOIN places p ON p.channel = $1 AND p.lane = $2 AND p."offset" = $3
       LEFT JOIN entries e ON e.no = p.no`,
      [known.channel, known.lane, known.offset],
    );
    const [log] = rows;
    if (log === undefined || (log.epoch === known.epoch && log.id === known.id)) return;
    if (log.epoch === known.epoch) await beginAnew(client, known.epoch);
    const { rows: now } = await client.query<{ epoch: string }>('SELECT epoch FROM log');
    this.#newest = undefined;
    this.beganAnew(now[0]?.epoch ?? '');
  }
}

/** Several processes may find out at the same time: one of them begins the next epoch. */
async function beginAnew(client: ClientBase, epoch: string): Promise<void> {
  await client.query('UPDATE log SET epoch = $1 WHERE epoch = $2', [randomUUID(), epoch]);
}
