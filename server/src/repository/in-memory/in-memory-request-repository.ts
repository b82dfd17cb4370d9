import {
  type DoneRequest,
  type KeyedRequest,
  RequestDone,
  type RequestLimits,
  RequestRepository,
} from '../request-repository.js';

/** Expired requests of one sender dropped at a time, which takes about a millisecond. */
const FORGOTTEN_AT_ONCE = 5000;

/** The kept requests of one sender. */
interface Sender {
  /** By key, oldest first: about the order in which they expire. */
  readonly requests: Map<string, DoneRequest>;
  bytes: number;
}

/** Keeps requests for as long as the process lives. */
export class InMemoryRequestRepository extends RequestRepository {
  readonly #senders = new Map<string, Sender>();
  #bytes = 0;

  override find(sender: string, key: string): Promise<DoneRequest | undefined> {
    return Promise.resolve(this.#find(sender, key));
  }

  override keep(request: KeyedRequest): Promise<void> {
    if (this.#find(request.sender, request.key) !== undefined) return Promise.reject(new RequestDone());
    this.#keep({ ...request, answers: [] });
    return Promise.resolve();
  }

  override msUntilRoom(sender: string, bytes: number, limits: RequestLimits): Promise<number> {
    this.#forgetExpired(sender);
    return Promise.resolve(this.#hasRoom(sender, bytes, limits) ? 0 : this.#msUntilNextExpires(sender));
  }

  /** Stores what a request is for, and keeps the request. @throws RequestDone if its key is kept already */
  once<Stored>(
    request: KeyedRequest | undefined,
    store: () => Stored,
    answersIn: (stored: Stored) => DoneRequest['answers'],
  ): Stored {
    if (request === undefined) return store();
    if (this.#find(request.sender, request.key) !== undefined) throw new RequestDone();
    const stored = store();
    const answers = answersIn(stored);
    if (answers.length > 0) this.#keep({ ...request, answers });
    return stored;
  }

  /** Drops the requests of a removed account or app. */
  forget(sender: string): void {
    this.#bytes -= this.#senders.get(sender)?.bytes ?? 0;
    this.#senders.delete(sender);
  }

  #find(sender: string, key: string): DoneRequest | undefined {
    const request = this.#senders.get(sender)?.requests.get(key);
    return request === undefined || isExpired(request) ? undefined : request;
  }

  #keep(request: DoneRequest): void {
    const { sender, key, bytes } = request;
    this.#drop(sender, key);
    const kept = this.#senders.get(sender) ?? { requests: new Map<string, DoneRequest>(), bytes: 0 };
    this.#senders.set(sender, { requests: kept.requests.set(key, request), bytes: kept.bytes + bytes });
    this.#bytes += bytes;
  }

  #hasRoom(sender: string, bytes: number, limits: RequestLimits): boolean {
    const own = (this.#senders.get(sender)?.bytes ?? 0) + bytes;
    return own <= limits.reserved || (own <= limits.bytes && this.#bytes + bytes <= limits.bytesOfAll);
  }

  /** Until the oldest request of this sender expires, or that of another sender if this one has none. */
  #msUntilNextExpires(sender: string): number {
    const kept = this.#senders.get(sender) ?? this.#senders.values().next().value;
    const oldest = kept?.requests.values().next().value;
    return oldest === undefined ? 1 : Math.max(1, Date.parse(oldest.until) - Date.now());
  }

  /**
   * Drops expired requests of this sender and, in rotation, of one other, so that inactive senders lose theirs as well.
   */
  #forgetExpired(sender: string): void {
    const [first, second] = this.#senders.keys();
    const other = first === sender ? second : first;
    for (const name of new Set([sender, other ?? sender])) {
      const kept = this.#senders.get(name);
      if (kept === undefined) continue;
      this.#senders.delete(name);
      this.#senders.set(name, kept);
      let left = FORGOTTEN_AT_ONCE;
      for (const [key, request] of kept.requests) {
        if (!isExpired(request) || left-- === 0) break;
        this.#drop(name, key);
      }
    }
  }

  #drop(sender: string, key: string): void {
    const kept = this.#senders.get(sender);
    const request = kept?.requests.get(key);
    if (kept === undefined || request === undefined) return;
    kept.requests.delete(key);
    kept.bytes -= request.bytes;
    this.#bytes -= request.bytes;
    if (kept.requests.size === 0) this.#senders.delete(sender);
  }
}

function isExpired({ until }: KeyedRequest): boolean {
  return Date.parse(until) <= Date.now();
}
