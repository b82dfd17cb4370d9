import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { CLOSE_HEARTBEAT_MISSED, CLOSE_MALFORMED, CLOSE_UNAUTHENTICATED } from '../../../protocol/close-codes.js';
import { TokenService } from '../auth/token.service.js';
import { Environment } from '../config/environment.js';
import type { Connection } from './connection.js';
import { Connections } from './connections.js';

const SWEEP_MS = 1000;
const HELLO_WITHIN_MS = 5000;
/** A shorter delay is no sign of a suspend. A write to each connection every second would cost memory. */
const EXCUSED_MS = 500;
/** Heartbeats that may pass without a sign of life. */
const MISSED_HEARTBEATS = 2.5;

/**
 * One timer for all connections: closes connections that are dead, expired or never said hello, and warns before
 * expiry. Tokens expire by the wall clock; silence is measured by the monotonic clock, which nobody can set. After a
 * suspend of the machine, or a pause of the process, each client gets the lost time back.
 */
@Injectable()
export class ConnectionSweep implements OnApplicationBootstrap, OnModuleDestroy {
  #timer?: NodeJS.Timeout;
  #sweptAt = 0;

  constructor(
    private readonly connections: Connections,
    private readonly environment: Environment,
    private readonly tokens: TokenService,
  ) {}

  onApplicationBootstrap(): void {
    this.#sweptAt = performance.now();
    this.#timer = setInterval(() => this.#sweep(), SWEEP_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.#timer);
  }

  #sweep(): void {
    const now = performance.now();
    const lateMs = now - this.#sweptAt - SWEEP_MS;
    this.#sweptAt = now;
    const isExcused = lateMs > Math.min(EXCUSED_MS, this.environment.HEARTBEAT_MS / 2);
    for (const connection of this.connections.all()) {
      if (isExcused) connection.excuse(lateMs, now);
      this.#check(connection, now);
      this.#warn(connection);
    }
  }

  #check(connection: Connection, now: number): void {
    const heartbeatMs = this.environment.HEARTBEAT_MS;
    const silentMs = now - connection.lastSeenAt;
    if (connection.principal.expiresAt <= Date.now()) {
      connection.close(CLOSE_UNAUTHENTICATED, 'the token has expired');
    } else if (!connection.isGreeted && now - connection.openedAt > HELLO_WITHIN_MS) {
      connection.close(CLOSE_MALFORMED, 'no hello within 5 s');
    } else if (silentMs > heartbeatMs * MISSED_HEARTBEATS) {
      connection.close(CLOSE_HEARTBEAT_MISSED, 'no sign of life');
    } else if (silentMs >= heartbeatMs && now - connection.lastPingAt >= heartbeatMs) {
      // Watchers send no heartbeat of their own, but every WebSocket answers a ping.
      connection.lastPingAt = now;
      connection.socket.ping();
    }
  }

  /** Warns a client once per token, while it has time to get another. */
  #warn(connection: Connection): void {
    const { expiresAt } = connection.principal;
    if (!connection.isGreeted || connection.isToldOfExpiry || expiresAt - Date.now() > this.tokens.renewWithinMs)
      return;
    connection.isToldOfExpiry = true;
    connection.send({ event: 'token_expiring', data: { expiresAt: new Date(expiresAt).toISOString() } });
  }
}
