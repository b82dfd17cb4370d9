import { signInsBusy } from './auth-refusals.js';

/** Concurrent hashes: half of libuv's four threads, so that reads of the page's files never wait for a hash. */
const RUNNING_MAX = 2;
/** Queued hashes with precedence, and as many without. A hash takes about 30 ms of a core. */
const WAITING_MAX = 16;
/** Queued hashes of one network, so that one network can't fill the queue. */
const WAITING_PER_NETWORK_MAX = 4;

/** The source of a hash, which decides its place in the queue. */
export interface HashRequest {
  /** True for an administrator's change and for a sign-in from a network that the account knows. */
  readonly hasPrecedence: boolean;
  /** Network of the client; undefined if the limit per network does not apply. */
  readonly network?: string;
}

interface Waiting extends HashRequest {
  readonly start: () => void;
}

/** Bounds the work of hashing passwords: two run at the same time, a few wait, and others are refused. */
export class HashQueue {
  #running = 0;
  #waiting: Waiting[] = [];

  /** @throws Refusal sign_ins_busy without running `hash` */
  async run<Result>(request: HashRequest, hash: () => Promise<Result>): Promise<Result> {
    if (this.#running < RUNNING_MAX) this.#running += 1;
    else await this.#place(request);
    try {
      return await hash();
    } finally {
      this.#leave();
    }
  }

  #place(request: HashRequest): Promise<void> {
    const { hasPrecedence, network } = request;
    const sameKind = this.#waiting.filter((other) => other.hasPrecedence === hasPrecedence);
    const sameNetwork = network === undefined ? [] : sameKind.filter((other) => other.network === network);
    if (sameKind.length >= WAITING_MAX || sameNetwork.length >= WAITING_PER_NETWORK_MAX) throw signInsBusy();
    return new Promise((start) => this.#waiting.push({ ...request, start }));
  }

  /** Starts the oldest queued hash with precedence, or else the oldest of all. */
  #leave(): void {
    const next = this.#waiting.find(({ hasPrecedence }) => hasPrecedence) ?? this.#waiting[0];
    if (next === undefined) {
      this.#running -= 1;
      return;
    }
    this.#waiting = this.#waiting.filter((other) => other !== next);
    next.start();
  }
}
