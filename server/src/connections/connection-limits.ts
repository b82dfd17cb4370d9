import type { ErrorParams } from '@herald/protocol';
import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { networkOf } from '../auth/network-of.js';
import { Environment } from '../config/environment.js';
import { Peers } from '../repository/peers.js';
import { Refusal } from '../http/refusal/refusal.js';
import { PeerConnections, PUBLISH_EVERY_MS } from './peer-connections.js';

/** Time after which a refused client may try again. */
const RETRY_AFTER_SECONDS = 30;

/** Another connection would exceed a limit: 503 for that of the server, 429 for that of a user or address. */
function tooManyConnections(statusCode: 429 | 503, message: string, params: ErrorParams): Refusal {
  return new Refusal(statusCode, 'too_many_connections', message, { params, retryAfterSeconds: RETRY_AFTER_SECONDS });
}

/**
 * Caps the open connections: in total to this process, and per user and per address or IPv6 network to all processes
 * with the same store, see `PeerConnections`.
 */
@Injectable()
export class ConnectionLimits implements OnModuleInit, OnModuleDestroy {
  #open = 0;
  readonly #byUser = new Map<string, number>();
  readonly #byAddress = new Map<string, number>();

  readonly #usersElsewhere: PeerConnections;
  readonly #addressesElsewhere: PeerConnections;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly environment: Environment,
    peers: Peers,
  ) {
    const { MAX_CONNECTIONS_PER_USER, MAX_CONNECTIONS_PER_ADDRESS } = environment;
    this.#usersElsewhere = new PeerConnections(peers, 'connections of users', MAX_CONNECTIONS_PER_USER, this.#byUser);
    this.#addressesElsewhere = new PeerConnections(
      peers,
      'connections of addresses',
      MAX_CONNECTIONS_PER_ADDRESS,
      this.#byAddress,
    );
  }

  onModuleInit(): void {
    this.#timer = setInterval(() => {
      this.#usersElsewhere.publish();
      this.#addressesElsewhere.publish();
    }, PUBLISH_EVERY_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.#timer);
  }

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
    if (countOf(this.#byUser, username) + this.#usersElsewhere.of(username) >= MAX_CONNECTIONS_PER_USER) {
      throw tooManyConnections(
        429,
        `You have reached the limit of ${MAX_CONNECTIONS_PER_USER} connections of a user. Close one first`,
        { max: MAX_CONNECTIONS_PER_USER, per: 'user' },
      );
    }
    const network = networkOf(address);
    if (countOf(this.#byAddress, network) + this.#addressesElsewhere.of(network) >= MAX_CONNECTIONS_PER_ADDRESS) {
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
