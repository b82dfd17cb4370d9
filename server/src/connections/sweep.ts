import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { LastSeen } from '../auth/last-seen.js';
import { TokenService } from '../auth/token.service.js';
import { Environment } from '../config/environment.js';
import { TOKEN_EXPIRED } from './closes.js';
import { Connections } from './connections.js';

/** A connection without a sign of life for more than this many heartbeats is closed. */
export const SILENT_HEARTBEATS_MAX = 2.5;
const SWEEP_MS = 1000;
/** A shorter delay is no sign of a suspend. To excuse every delay would write to each connection every second. */
const EXCUSED_MS = 500;

/**
 * One timer for all connections: closes those whose token has expired, tends the others, and notes that their users are
 * connected. Tokens expire by the wall clock; silence is measured by the monotonic clock, which nobody can set. After a
 * suspend of the machine, or a pause of the process, each client gets the lost time back.
 */
@Injectable()
export class Sweep implements OnApplicationBootstrap, OnModuleDestroy {
  #timer?: NodeJS.Timeout;
  #sweptAt = 0;

  constructor(
    private readonly connections: Connections,
    private readonly environment: Environment,
    private readonly tokens: TokenService,
    private readonly lastSeen: LastSeen,
  ) {}

  onApplicationBootstrap(): void {
    this.#sweptAt = performance.now();
    this.#timer = setInterval(() => this.#sweep(), SWEEP_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.#timer);
  }

  #sweep(): void {
    const { HEARTBEAT_MS: heartbeatMs } = this.environment;
    const now = performance.now();
    const lateMs = now - this.#sweptAt - SWEEP_MS;
    this.#sweptAt = now;
    const pausedMs = lateMs > Math.min(EXCUSED_MS, heartbeatMs / 2) ? lateMs : 0;
    const pass = { now, pausedMs, heartbeatMs, renewWithinMs: this.tokens.renewWithinMs };
    for (const connection of this.connections.all()) {
      const { username, keyHash } = connection.principal;
      // A program with a key is not the person.
      if (keyHash === undefined) this.lastSeen.note(username);
      if (connection.principal.expiresAt <= Date.now()) connection.close(TOKEN_EXPIRED);
      else connection.tend(pass);
    }
  }
}
