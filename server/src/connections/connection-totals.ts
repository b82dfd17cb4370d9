import {
  CLOSE_DRAINING,
  CLOSE_HEARTBEAT_MISSED,
  CLOSE_INTERNAL,
  CLOSE_MALFORMED,
  CLOSE_TOO_BIG,
  CLOSE_TOO_MUCH,
  CLOSE_TOO_SLOW,
  CLOSE_UNAUTHENTICATED,
} from '@herald/protocol';
import type { Connection } from './connection.js';

type Transport = Connection['transport'];

/** RFC 6455, section 7.4.1: ws closes with these after a frame that breaks the protocol. */
const FAULTY_FRAME = [1002, 1007, 1008];
/** Counted from 0, so that the first close with a code shows as growth. */
const CODES = [
  ...FAULTY_FRAME,
  ...[CLOSE_TOO_BIG, CLOSE_INTERNAL, CLOSE_MALFORMED, CLOSE_UNAUTHENTICATED],
  ...[CLOSE_HEARTBEAT_MISSED, CLOSE_TOO_MUCH, CLOSE_DRAINING, CLOSE_TOO_SLOW],
];

/** Figures of all connections of this process since it started. Event streams count with the codes of WebSockets. */
export class ConnectionTotals {
  readonly open: Record<Transport, number> = { websocket: 0, 'event-stream': 0 };
  /** Connections that the server has closed, by code. */
  readonly closes: Record<Transport, Map<number, number>> = { websocket: noCloses(), 'event-stream': noCloses() };

  added({ transport }: Connection): void {
    this.open[transport] += 1;
  }

  removed({ transport, closedBy }: Connection): void {
    this.open[transport] -= 1;
    if (closedBy === undefined) return;
    const closes = this.closes[transport];
    closes.set(closedBy.code, (closes.get(closedBy.code) ?? 0) + 1);
  }

  /** Connections that were closed because their clients read too slowly. */
  slow(transport: Transport): number {
    return this.closes[transport].get(CLOSE_TOO_SLOW) ?? 0;
  }
}

function noCloses(): Map<number, number> {
  return new Map(CODES.map((code) => [code, 0]));
}
