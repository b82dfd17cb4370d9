import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { loopShare } from '../timing/loop-share.js';
import { IdempotencyConflictError, TooManyKeysError } from './notification-errors.js';

const DAY_MS = 86_400_000;
/** Bytes that are kept for the keys of all senders, and of one. An answer counts as its request does. */
const KEPT_BYTES_MAX = 64 * 1024 * 1024;
const SENDER_BYTES_MAX = KEPT_BYTES_MAX / 4;
/** A sender may have this much also when others have used up all: some hundred keys a day. */
const RESERVED_BYTES = 256 * 1024;
/** Bytes for a key, and for each notification in its answer, beside the body. */
const KEY_BYTES = 300;
const NOTIFICATION_BYTES = 300;
/** Keys of one sender that are forgotten at a time once their day has ended: many more than come at a time. */
const FORGOTTEN_AT_ONCE = 100;

/** A request that a sender has named, so that it may be repeated. */
export interface NamedRequest {
  sender: string;
  key: string;
  /** Parsed, and not yet looked at: what a repetition says is valid no more once `deliverAt` has passed. */
  body: unknown;
  /** Of the body, as it came. */
  bytes: number;
}

interface Remembered {
  readonly digest: string;
  readonly answer: Promise<unknown>;
  readonly bytes: number;
  /** Milliseconds by the monotonic clock. */
  readonly until: number;
}

/** What is kept for one sender. */
interface Sender {
  /** Oldest first, which is also the order in which they end. */
  readonly keys: Map<string, Remembered>;
  bytes: number;
}

/** Does what has a name once, and answers its repetitions with the first answer for a day. Kept by this process alone. */
@Injectable()
export class Idempotency {
  readonly #senders = new Map<string, Sender>();
  #bytes = 0;

  /**
   * Does `work`, or answers as the time before; also while that still goes on. What failed is not remembered. A key is never
   * forgotten within its day: where there is no room, a new one is refused.
   * @param charge counts a request that is answered without doing the work. What it throws is the answer
   * @throws IdempotencyConflictError when the name was given to another body
   * @throws TooManyKeysError
   */
  async once<Answer>(request: NamedRequest, work: () => Promise<Answer>, charge: () => Promise<void>): Promise<Answer> {
    const digest = await digestOf(request.body);
    this.#forgetEnded(request.sender);
    const known = this.#senders.get(request.sender)?.keys.get(request.key);
    const bytes = bytesOf(request);
    if (known === undefined && this.#hasRoom(request.sender, bytes)) return this.#do(request, { digest, bytes }, work);
    await charge();
    if (known === undefined) throw new TooManyKeysError(this.#secondsToRoom(request.sender));
    if (known.digest !== digest) throw new IdempotencyConflictError();
    return known.answer as Promise<Answer>;
  }

  #do<Answer>({ sender, key }: NamedRequest, kept: Pick<Remembered, 'digest' | 'bytes'>, work: () => Promise<Answer>): Promise<Answer> {
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

  /** Until the oldest key of theirs, or of anybody where they have none, is forgotten. */
  #secondsToRoom(sender: string): number {
    const kept = this.#senders.get(sender) ?? this.#senders.values().next().value;
    const oldest = kept?.keys.values().next().value;
    return Math.max(1, Math.ceil(((oldest?.until ?? 0) - performance.now()) / 1000));
  }

  /** Of this sender and of one other, each in turn, so that also those who send nothing more are forgotten. */
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

/** The same for the same content, in whatever order its fields were written. Many are digested in slices. */
async function digestOf(body: unknown): Promise<string> {
  const hash = createHash('sha256').update(Array.isArray(body) ? 'many' : 'one');
  for (const item of Array.isArray(body) ? (body as unknown[]) : [body]) {
    hash.update(`\n${JSON.stringify(item, sortFields)}`);
    await loopShare.pause();
  }
  return hash.digest('base64');
}

function sortFields(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted());
}
