import { HashingBusyError } from './auth-errors.js';

/** Hashes that run at a time: half of libuv's four threads, so that the files of the page never wait for a hash. */
const RUNNING_MAX = 2;
/** Hashes that wait, of those with precedence and of the others alike. A hash takes about 0.2 s of a core. */
const WAITING_MAX = 16;
/** Hashes of one network that wait, so that one network can't take all places. */
const WAITING_PER_NETWORK_MAX = 4;

/** Who asks for a hash. */
export interface HashRequest {
  /** Comes before the others: an administrator's change, or a sign-in from a network that the account knows. */
  readonly hasPrecedence: boolean;
  /** Where it was asked for, if that is to be bounded. */
  readonly network?: string;
}

interface Waiting extends HashRequest {
  readonly start: () => void;
}

/** Bounds the work of hashing passwords: two at a time, a short queue, and a refusal beyond it. */
export class HashQueue {
  #running = 0;
  #waiting: Waiting[] = [];

  /** @throws HashingBusyError without running `hash` */
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
    const alike = this.#waiting.filter((other) => other.hasPrecedence === hasPrecedence);
    const near = network === undefined ? [] : alike.filter((other) => other.network === network);
    if (alike.length >= WAITING_MAX || near.length >= WAITING_PER_NETWORK_MAX) throw new HashingBusyError();
    return new Promise((start) => this.#waiting.push({ ...request, start }));
  }

  /** Hands the place on to who waits longest, those with precedence first. */
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
