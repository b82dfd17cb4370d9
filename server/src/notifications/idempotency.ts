import type { Notification, ScheduledNotification } from '@herald/protocol';
import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import {
  type DoneRequest,
  type KeyedRequest,
  RequestDone,
  RequestRepository,
} from '../repository/request-repository.js';
import { loopShare } from '../timing/loop-share.js';
import { idempotencyConflict, tooManyKeys } from './notification-refusals.js';

const DAY_MS = 86_400_000;
/** Memory for the requests of all senders, and of one sender. */
const KEPT_BYTES_MAX = 64 * 1024 * 1024;
const SENDER_BYTES_MAX = KEPT_BYTES_MAX / 4;
/** Each sender may use this much even when all memory is used: some hundred requests a day. */
const RESERVED_BYTES = 256 * 1024;
const LIMITS = { bytes: SENDER_BYTES_MAX, bytesOfAll: KEPT_BYTES_MAX, reserved: RESERVED_BYTES };
/** Charge for a request, and for each notification in its answer, in addition to the body. */
const REQUEST_BYTES = 300;
const NOTIFICATION_BYTES = 300;

/** A request with an Idempotency-Key. */
export interface NamedRequest {
  sender: string;
  key: string;
  /** Parsed, but not validated: a repeated request is no longer valid once its `deliverAt` has passed. */
  body: unknown;
  /** Size of the raw body. */
  bytes: number;
}

type Answer = Notification | Notification[] | ScheduledNotification;

/** Carries out a request, and has the store keep it with what it stores. */
type Work = (request: KeyedRequest) => Promise<Answer>;

/** A request that is under way in this process. */
interface Running {
  readonly request: KeyedRequest;
  readonly answer: Promise<Answer>;
}

/** Carries out each keyed request once, and repeats its answer for a day. */
@Injectable()
export class Idempotency {
  readonly #running = new Map<string, Running>();

  constructor(private readonly requests: RequestRepository) {}

  /**
   * Runs `work`, or returns the answer of the first request with this key, even while that still runs. Failed requests
   * are not kept. A request is never dropped within its day: without room for it, a new one is refused.
   * @param charge counts a request that is answered without running `work`; its error is passed on
   * @throws Refusal idempotency_conflict when the key was given to another body
   * @throws Refusal too_many_idempotency_keys
   */
  async once(named: NamedRequest, work: Work, charge: () => Promise<void>): Promise<Answer> {
    const request = await keyed(named);
    const name = nameOf(request);
    const running = this.#running.get(name);
    if (running !== undefined) {
      await charge();
      if (running.request.digest !== request.digest) throw idempotencyConflict();
      return running.answer;
    }
    const answer = this.#once(named, request, work, charge);
    this.#running.set(name, { request, answer });
    return answer.finally(() => this.#running.delete(name));
  }

  async #once(named: NamedRequest, request: KeyedRequest, work: Work, charge: () => Promise<void>): Promise<Answer> {
    const done = await this.requests.find(request.sender, request.key);
    const waitMs = done === undefined ? await this.#msUntilRoom(nameOf(request), request) : 0;
    if (done === undefined && waitMs === 0) return this.#first(named, request, work);
    await charge();
    if (done === undefined) throw tooManyKeys(Math.ceil(waitMs / 1000));
    return answerOf(named, request, done);
  }

  /** Counts requests that were begun earlier and are still under way as well. */
  #msUntilRoom(name: string, { sender, bytes }: KeyedRequest): Promise<number> {
    const names = [...this.#running.keys()];
    const earlier = [...this.#running.values()].slice(0, names.indexOf(name)).map(({ request }) => request);
    const own = bytesIn(earlier.filter((request) => request.sender === sender));
    const limits = { ...LIMITS, bytesOfAll: LIMITS.bytesOfAll - bytesIn(earlier) + own };
    return this.requests.msUntilRoom(sender, own + bytes, limits);
  }

  async #first(named: NamedRequest, request: KeyedRequest, work: Work): Promise<Answer> {
    try {
      return await work(request);
    } catch (error) {
      if (!(error instanceof RequestDone)) throw error;
      // Another process has carried it out meanwhile.
      const done = await this.requests.find(request.sender, request.key);
      // It may be kept no longer.
      return done === undefined ? await work(request) : answerOf(named, request, done);
    }
  }
}

/** @throws Refusal idempotency_conflict */
function answerOf({ body }: NamedRequest, { digest }: KeyedRequest, done: DoneRequest): Answer {
  if (done.digest !== digest) throw idempotencyConflict();
  return Array.isArray(body) ? (done.answers as Notification[]) : (done.answers[0] as Answer);
}

async function keyed(named: NamedRequest): Promise<KeyedRequest> {
  return {
    sender: named.sender,
    key: named.key,
    digest: await digestOf(named.body),
    bytes: bytesOf(named),
    until: new Date(Date.now() + DAY_MS).toISOString(),
  };
}

function nameOf({ sender, key }: KeyedRequest): string {
  return JSON.stringify([sender, key]);
}

function bytesIn(requests: readonly KeyedRequest[]): number {
  return requests.reduce((sum, { bytes }) => sum + bytes, 0);
}

function bytesOf({ key, body, bytes }: NamedRequest): number {
  return REQUEST_BYTES + key.length + (Array.isArray(body) ? body.length : 1) * NOTIFICATION_BYTES + bytes;
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
