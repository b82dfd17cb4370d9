import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { loopShare } from '../timing/loop-share.js';
import { idempotencyConflict, tooManyKeys } from './notification-refusals.js';

const DAY_MS = 86_400_000;
/** Memory for the keys of all senders, and of one sender. The charge for a request includes its answer. */
const KEPT_BYTES_MAX = 64 * 1024 * 1024;
const SENDER_BYTES_MAX = KEPT_BYTES_MAX / 4;
/** Each sender may use this much even when all memory is used: some hundred keys a day. */
const RESERVED_BYTES = 256 * 1024;
/** Charge for a key, and for each notification in its answer, in addition to the body. */
const KEY_BYTES = 300;
const NOTIFICATION_BYTES = 300;
/** Expired keys of one sender dropped by each request: many more than a request adds. */
const FORGOTTEN_AT_ONCE = 100;

/** A request with an Idempotency-Key. */
export interface NamedRequest {
  sender: string;
  key: string;
  /** Parsed, but not validated: a repeated request is no longer valid once its `deliverAt` has passed. */
  body: unknown;
  /** Size of the raw body. */
  bytes: number;
}

interface Remembered {
  readonly digest: string;
  readonly answer: Promise<unknown>;
  readonly bytes: number;
  /** Milliseconds by the monotonic clock. */
  readonly until: number;
}

/** The kept keys of one sender. */
interface Sender {
  /** Oldest first, which is also the order in which they expire. */
  readonly keys: Map<string, Remembered>;
  bytes: number;
}

/** Runs each keyed request once, and repeats its answer for a day. Each process keeps its own keys. */
@Injectable()
export class Idempotency {
  readonly #senders = new Map<string, Sender>();
  #bytes = 0;

  /**
   * Runs `work`, or returns the answer of the first request with this key, even while that still runs. Failed requests
   * are not kept. A key is never dropped within its day: without room for it, a new one is refused.
   * @param charge counts a request that is answered without running `work`; its error is passed on
   * @throws Refusal idempotency_conflict when the name was given to another body
   * @throws Refusal too_many_idempotency_keys
   */
  async once<Answer>(request: NamedRequest, work: () => Promise<Answer>, charge: () => Promise<void>): Promise<Answer> {
    const digest = await digestOf(request.body);
    this.#forgetEnded(request.sender);
    const known = this.#senders.get(request.sender)?.keys.get(request.key);
    const bytes = bytesOf(request);
    if (known === undefined && this.#hasRoom(request.sender, bytes)) return this.#do(request, { digest, bytes }, work);
    await charge();
    if (known === undefined) throw tooManyKeys(this.#secondsToRoom(request.sender));
    if (known.digest !== digest) throw idempotencyConflict();
    return known.answer as Promise<Answer>;
  }

  #do<Answer>(
    { sender, key }: NamedRequest,
    kept: Pick<Remembered, 'digest' | 'bytes'>,
    work: () => Promise<Answer>,
  ): Promise<Answer> {
    const answer = work();
    const remembered = { ...kept, answer, until: performance.now() + DAY_MS };
    const { keys, bytes } = this.#senders.get(sender) ?? { keys: new Map<string, Remembered>(), bytes: 0 };
    this.#senders.set(sender, { keys: keys.set(key, remembered), bytes: bytes + kept.bytes });
    this.#bytes += kept.bytes;
    answer.catch(() => {
      if (this.#senders.get(sender)?.keys.get(key) === remembered) this.#forget(sender, key, remembered);
    });
    return answer;
  }

  #hasRoom(sender: string, bytes: number): boolean {
    const own = (this.#senders.get(sender)?.bytes ?? 0) + bytes;
    return own <= RESERVED_BYTES || (own <= SENDER_BYTES_MAX && this.#bytes + bytes <= KEPT_BYTES_MAX);
  }

  /** Seconds until the oldest key of this sender expires, or that of another sender if this one has none. */
  #secondsToRoom(sender: string): number {
    const kept = this.#senders.get(sender) ?? this.#senders.values().next().value;
    const oldest = kept?.keys.values().next().value;
    return Math.max(1, Math.ceil(((oldest?.until ?? 0) - performance.now()) / 1000));
  }

  /** Drops expired keys of this sender and, in rotation, of one other, so that inactive senders lose theirs as well. */
  #forgetEnded(sender: string): void {
    const [other] = this.#senders.keys();
    for (const name of new Set([sender, other ?? sender])) {
      const kept = this.#senders.get(name);
      if (kept === undefined) continue;
      this.#senders.delete(name);
      this.#senders.set(name, kept);
      let left = FORGOTTEN_AT_ONCE;
      for (const [key, remembered] of kept.keys) {
        if (remembered.until > performance.now() || left-- === 0) break;
        this.#forget(name, key, remembered);
      }
    }
  }

  #forget(sender: string, key: string, { bytes }: Remembered): void {
    const kept = this.#senders.get(sender);
    if (kept === undefined) return;
    kept.keys.delete(key);
    kept.bytes -= bytes;
    this.#bytes -= bytes;
    if (kept.keys.size === 0) this.#senders.delete(sender);
  }
}

function bytesOf({ key, body, bytes }: NamedRequest): number {
  return KEY_BYTES + key.length + (Array.isArray(body) ? body.length : 1) * NOTIFICATION_BYTES + bytes;
}

/** Digest of the content, independent of the order of its fields. A batch is digested in slices. */
async function digestOf(body: unknown): Promise<string> {
  const hash = createHash('sha256');
  const items = Array.isArray(body) ? (body as unknown[]) : [body];
  hash.update(Array.isArray(body) ? 'many' : 'one');
  for (const [index, item] of items.entries()) {
    if (index > 0) await loopShare.pause();
    hash.update(`\n${JSON.stringify(item, sortFields)}`);
  }
  return hash.digest('base64');
}

function sortFields(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted());
}
