import type { ErrorParams } from '@herald/protocol';
import { Injectable } from '@nestjs/common';
import { networkOf } from '../auth/network-of.js';
import { Environment } from '../config/environment.js';
import { Refusal } from '../http/refusal/refusal.js';

/** Time after which a refused client may try again. */
const RETRY_AFTER_SECONDS = 30;

/** Another connection would exceed a limit: 503 for that of the server, 429 for that of a user or address. */
function tooManyConnections(statusCode: 429 | 503, message: string, params: ErrorParams): Refusal {
  return new Refusal(statusCode, 'too_many_connections', message, { params, retryAfterSeconds: RETRY_AFTER_SECONDS });
}

/** Caps the open connections: in total, per user, and per address or IPv6 network. */
@Injectable()
export class ConnectionLimits {
  #open = 0;
  readonly #byUser = new Map<string, number>();
  readonly #byAddress = new Map<string, number>();

  constructor(private readonly environment: Environment) {}

  /**
   * Counts a connection.
   * @returns a function that ends the count; call it once, when the connection is gone
   * @throws Refusal `too_many_connections`
   */
  enter(username: string, address: string): () => void {
    const { MAX_CONNECTIONS, MAX_CONNECTIONS_PER_USER, MAX_CONNECTIONS_PER_ADDRESS } = this.environment;
    if (this.#open >= MAX_CONNECTIONS)
      throw tooManyConnections(503, `The server has reached its limit of ${MAX_CONNECTIONS} connections`, {
        max: MAX_CONNECTIONS,
        per: 'server',
      });
    if (countOf(this.#byUser, username) >= MAX_CONNECTIONS_PER_USER) {
      throw tooManyConnections(
        429,
        `You have reached the limit of ${MAX_CONNECTIONS_PER_USER} connections of a user. Close one first`,
        { max: MAX_CONNECTIONS_PER_USER, per: 'user' },
      );
    }
    const network = networkOf(address);
    if (countOf(this.#byAddress, network) >= MAX_CONNECTIONS_PER_ADDRESS) {
      throw tooManyConnections(
        429,
        `Your address has reached the limit of ${MAX_CONNECTIONS_PER_ADDRESS} connections. Close one first`,
        { max: MAX_CONNECTIONS_PER_ADDRESS, per: 'address' },
      );
    }
    this.#count(username, network, 1);
    return () => this.#count(username, network, -1);
  }

  #count(username: string, network: string, change: 1 | -1): void {
    this.#open += change;
    add(this.#byUser, username, change);
    add(this.#byAddress, network, change);
  }
}

function countOf(counts: Map<string, number>, key: string): number {
  return counts.get(key) ?? 0;
}

function add(counts: Map<string, number>, key: string, change: 1 | -1): void {
  const count = countOf(counts, key) + change;
  if (count > 0) counts.set(key, count);
  else counts.delete(key);
}
