import type { Kysely } from 'kysely';
import { Peers } from '../peers.js';
import type { Tables } from '../sql/tables.js';
import { notify, type PeerMessage } from './postgres.js';

/** Messages by NOTIFY. They get lost while the database or LISTEN does not work. */
export class PostgresPeers extends Peers {
  constructor(
    private readonly db: Kysely<Tables>,
    private readonly process: string,
  ) {
    super();
  }

  override send(kind: string, message: unknown): void {
    notify({ from: this.process, peer: { kind, message } })
      .execute(this.db)
      .catch(() => undefined);
  }

  receive({ kind, message }: PeerMessage, from: string): void {
    this.deliver(kind, message, from);
  }
}
