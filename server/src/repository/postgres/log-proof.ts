import { randomUUID } from 'node:crypto';
import type { ClientBase } from 'pg';
import type { NewHead } from '../sql/sql-database.js';

interface Known extends NewHead {
  readonly epoch: string;
}

/** The log as a transaction finds it that is about to write. */
export interface LogState {
  readonly last_id: string;
  /** When the database server has started: another one may have taken its place. */
  readonly started_at: string;
}

/**
 * Proves that a database still has everything that this process has seen in it. A standby without synchronous commit
 * that was promoted, or an older copy that was restored, may lack the newest entries: then offsets would be used twice,
 * so the log gets another epoch.
 */
export class LogProof {
  #newest: Known | undefined;
  #startedAt: string | undefined;

  /** @param beganAnew called with the new epoch, whichever process has begun it */
  constructor(private readonly beganAnew: (epoch: string) => void) {}

  /** An entry that is stored now. Ids ascend in the order of the commits. */
  note({ channel, lane, offset, id }: NewHead, epoch: string): void {
    if (this.#newest !== undefined && id < this.#newest.id) return;
    this.#newest = { channel, lane, offset, id, epoch };
  }

  /** Whether to prove before this transaction writes: a pooler may have changed the server behind its connection. */
  isDoubtful({ last_id: lastId, started_at: startedAt }: LogState): boolean {
    const isOther = this.#startedAt !== undefined && this.#startedAt !== startedAt;
    this.#startedAt = startedAt;
    return isOther || (this.#newest !== undefined && lastId < this.#newest.id);
  }

  async prove(client: ClientBase): Promise<void> {
    const known = this.#newest;
    if (known === undefined) return;
    const { rows } = await client.query<Evidence>(
      `SELECT log.epoch, log.last_id, e.id,
         (SELECT min(q."offset") FROM places q WHERE q.channel = $1 AND q.lane = $2) AS first,
         (SELECT head FROM lanes l WHERE l.channel = $1 AND l.lane = $2) AS head
       FROM log LEFT JOIN places p ON p.channel = $1 AND p.lane = $2 AND p."offset" = $3
       LEFT JOIN entries e ON e.no = p.no`,
      [known.channel, known.lane, known.offset],
    );
    const [log] = rows;
    if (log === undefined || (log.epoch === known.epoch && isWhole(log, known))) return;
    if (log.epoch === known.epoch) await beginAnew(client, known.epoch);
    const { rows: now } = await client.query<{ epoch: string }>('SELECT epoch FROM log');
    this.#newest = undefined;
    this.beganAnew(now[0]?.epoch ?? '');
  }
}

interface Evidence {
  readonly epoch: string;
  readonly last_id: string;
  /** Id of the entry at the place of the known one; null if there is none. */
  readonly id: string | null;
  /** First offset of its lane; null if the lane is empty. */
  readonly first: number | null;
  readonly head: number | null;
}

/** Whether the known entry is there, or was trimmed. */
function isWhole({ last_id: lastId, id, first, head }: Evidence, known: Known): boolean {
  if (id !== null) return id === known.id;
  const isTrimmed = first === null ? (head ?? 0) >= known.offset : first > known.offset;
  return isTrimmed && lastId >= known.id;
}

/** Several processes may find out at the same time: one of them begins the next epoch. */
async function beginAnew(client: ClientBase, epoch: string): Promise<void> {
  await client.query('UPDATE log SET epoch = $1 WHERE epoch = $2', [randomUUID(), epoch]);
}
