import { NO_HELLO, NO_SIGN_OF_LIFE } from '../connections/closes.js';
import type { SweepPass } from '../connections/connection.js';
import { SILENT_HEARTBEATS_MAX } from '../connections/sweep.js';
import type { SocketConnection } from './socket-connection.js';

const HELLO_WITHIN_MS = 5000;

/**
 * Closes a WebSocket that is dead or has not said hello in time, pings a silent one, and warns before its token
 * expires.
 */
export function tendSocket(connection: SocketConnection, pass: SweepPass): void {
  const { now, heartbeatMs } = pass;
  if (pass.pausedMs > 0) excuse(connection, pass);
  const silentMs = now - connection.lastSeenAt;
  if (!connection.isGreeted && now - connection.openedAt > HELLO_WITHIN_MS) {
    connection.close(NO_HELLO);
  } else if (silentMs > heartbeatMs * SILENT_HEARTBEATS_MAX) {
    connection.close(NO_SIGN_OF_LIFE);
  } else if (silentMs >= heartbeatMs && now - connection.lastPingAt >= heartbeatMs) {
    // A plain client sends no heartbeats, but every WebSocket answers a ping.
    connection.lastPingAt = now;
    connection.socket.ping();
  }
  warnOfExpiry(connection, pass);
}

/** Gives the client back the time in which the process could receive nothing. */
function excuse(connection: SocketConnection, { now, pausedMs }: SweepPass): void {
  connection.openedAt = Math.min(connection.openedAt + pausedMs, now);
  connection.lastSeenAt = Math.min(connection.lastSeenAt + pausedMs, now);
  connection.lastPingAt = Math.min(connection.lastPingAt + pausedMs, now);
}

/** Warns a client once per token, while there is time to get another. */
function warnOfExpiry(connection: SocketConnection, { renewWithinMs }: SweepPass): void {
  const { expiresAt } = connection.principal;
  if (!connection.isGreeted || connection.isToldOfExpiry || expiresAt - Date.now() > renewWithinMs) return;
  connection.isToldOfExpiry = true;
  connection.send({ event: 'token_expiring', data: { expiresAt: new Date(expiresAt).toISOString() } });
}
