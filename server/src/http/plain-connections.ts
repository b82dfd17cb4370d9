import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { networkOf } from '../auth/network-of.js';
import { trustedProxies } from '../auth/trusted-proxies.js';
import { Refusal } from './refusal/refusal.js';
import { refuseSocket } from './refusal/socket-refusal.js';

/** Pipelined requests of one connection. Few clients send a second one before the first is answered. */
const MAX_PIPELINED = 4;
/** Time without progress after which a stopping server closes the connection of a request. */
const STOP_QUIET_MS = 2000;
/** Time after which a stopping server closes all connections. */
const STOP_WITHIN_MS = 6000;
const RETRY_AFTER_SECONDS = 5;

/** llhttp stops with an error at any result but 0, 1 and 2 (`on_headers_complete`). */
const STOP_PARSING = 3;
/** llhttp parses the body of the request, if there is one. */
const PARSE_ON = 0;

/** An undocumented part of Node's HTTP server. */
interface ParsedSocket extends Socket {
  parser: { onIncoming: (request: IncomingMessage, keepsAlive: boolean) => number };
}

interface PlainConnection {
  /** Undefined for a trusted proxy, which carries many clients. */
  network: string | undefined;
  /** Answers in the order of their requests. Finished ones are dropped when the next request arrives. */
  answers: ServerResponse[];
}

/**
 * The HTTP connections of one port that were not upgraded. Caps them for each address (an IPv6 /64 counts as one),
 * bounds the pipelined requests of each connection, and closes all when the server stops.
 */
export class PlainConnections {
  readonly #open = new Map<Socket, PlainConnection>();
  readonly #byNetwork = new Map<string, Set<Socket>>();
  #isStopping = false;
  /** One listener for all sockets; `this` is the socket. */
  readonly #onClose: (this: Socket) => void;

  readonly #isProxy: (address: string) => boolean;

  /** @param proxies in the format of TRUSTED_PROXIES; they are not capped */
  constructor(
    private readonly maxPerAddress: number,
    proxies: string,
  ) {
    this.#isProxy = trustedProxies(proxies);
    const leave = this.leave.bind(this);
    this.#onClose = function (this: Socket) {
      leave(this);
    };
  }

  get size(): number {
    return this.#open.size;
  }

  /** Adds a new connection. At the limit of its address it replaces an idle one; if none is idle, it gets 429. */
  add(socket: Socket): void {
    const address = socket.remoteAddress;
    if (address === undefined || this.#isStopping) {
      socket.destroy();
      return;
    }
    const network = this.#isProxy(address) ? undefined : networkOf(address);
    if (network !== undefined && !this.#makeRoom(network)) {
      socket.on('error', () => socket.destroy());
      dropRequests(socket);
      const message = `Your address has reached the limit of ${this.maxPerAddress} HTTP connections. Close one first`;
      refuseSocket(
        socket,
        new Refusal(429, 'too_many_connections', message, {
          params: { max: this.maxPerAddress, per: 'address' },
          retryAfterSeconds: RETRY_AFTER_SECONDS,
        }),
      );
      return;
    }
    const plain: PlainConnection = { network, answers: [] };
    this.#open.set(socket, plain);
    boundPipelining(socket, plain);
    if (network !== undefined) this.#byNetwork.set(network, this.#socketsOf(network).add(socket));
    socket.on('close', this.#onClose);
  }

  /**
   * Records a request.
   * @returns false if the page's port forwarded it: then it belongs to a connection of that port
   */
  begin({ socket }: IncomingMessage, response: ServerResponse): boolean {
    const plain = this.#open.get(socket);
    plain?.answers.push(response);
    return plain !== undefined;
  }

  /** Removes a connection that was closed or upgraded. */
  leave(socket: Socket): void {
    const network = this.#open.get(socket)?.network;
    this.#open.delete(socket);
    socket.off('close', this.#onClose);
    if (network === undefined) return;
    const others = this.#socketsOf(network);
    others.delete(socket);
    if (others.size === 0) this.#byNetwork.delete(network);
  }

  /** Closes idle connections at once, and the others after their answers or when they make no progress. */
  stop(): void {
    this.#isStopping = true;
    for (const [socket, { answers }] of this.#open) {
      const last = answers.at(-1);
      if (last === undefined || isDone(last)) {
        socket.destroy();
      } else {
        last.once('close', () => socket.destroySoon());
        socket.setTimeout(STOP_QUIET_MS);
      }
    }
    setTimeout(() => {
      for (const socket of this.#open.keys()) socket.destroy();
    }, STOP_WITHIN_MS).unref();
  }

  /** Closes the oldest idle connection of a network that is at its limit. @returns false when none is idle */
  #makeRoom(network: string): boolean {
    const sockets = this.#socketsOf(network);
    if (sockets.size < this.maxPerAddress) return true;
    for (const socket of sockets) {
      const last = this.#open.get(socket)?.answers.at(-1);
      if (last !== undefined && !isDone(last)) continue;
      this.leave(socket);
      socket.destroy();
      return true;
    }
    return false;
  }

  #socketsOf(network: string): Set<Socket> {
    return this.#byNetwork.get(network) ?? new Set();
  }
}

/**
 * Cuts the connection at the first request over the limit: a refusal would have to wait for the earlier answers. Node's
 * parser reads on through the rest of the segment, which may hold 2,000 requests, unless its callback for a request
 * returns an error.
 */
function boundPipelining(socket: Socket, { answers }: PlainConnection): void {
  const { parser } = socket as ParsedSocket;
  const handOver = parser.onIncoming;
  parser.onIncoming = (request, keepsAlive) => {
    while (answers[0] !== undefined && isDone(answers[0])) answers.shift();
    // After its last answer, a connection processes no further request (RFC 9112, section 9.6).
    const isOpen = !socket.writableEnded;
    if (isOpen && answers.length < MAX_PIPELINED) return handOver.call(parser, request, keepsAlive);
    socket.destroy();
    return STOP_PARSING;
  };
}

/** Reads and drops the requests of a refused connection: a close with unread bytes would lose the refusal. */
function dropRequests(socket: Socket): void {
  (socket as ParsedSocket).parser.onIncoming = (request) => {
    request.resume();
    return PARSE_ON;
  };
}

/** Whether the kernel has all of the answer, or the client is gone. */
function isDone({ writableFinished, destroyed }: ServerResponse): boolean {
  return writableFinished || destroyed;
}
