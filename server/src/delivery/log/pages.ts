import { LRUCache } from 'lru-cache';
import type { Cursor } from '../connection/cursor.js';
import { frameText, type Lane } from './lane.js';
import type { LogReader } from './log-reader.js';
import { Segment } from './segment.js';
import type { Subscription } from '../connection/subscription.js';
import { frameBytes } from './text-frame.js';

/** Limits of a page. A single larger entry is a page of its own. */
const PAGE_ENTRIES = 64;
const PAGE_BYTES = 64 * 1024;
/** Memory of the pages of all lanes together. */
export const PAGES_BYTES_MAX = 8 * 1024 * 1024;
/** Pages that are read at the same time: their entries are in memory beside the pages. */
export const READS_MAX = 8;

export type Waiting = ReadonlyMap<Cursor, Subscription>;

interface Read {
  readonly lane: Lane;
  readonly from: number;
  readonly waiting: Map<Cursor, Subscription>;
}

export interface PageListener {
  /** The page is in its lane. `firstOffset` is the first stored offset from the wanted one on; those before are gone. */
  arrived(waiting: Waiting, firstOffset: number): void;
  failed(waiting: Waiting, error: unknown): void;
}

/**
 * Reads back from the store the entries that the frame log lacks, in pages that all cursors of a lane share: a
 * connection that is behind has no copy of its own. A page ends at a multiple of `PAGE_ENTRIES`, so cursors that start
 * at different offsets soon use the same pages. The pages that were read first make room for others.
 */
export class Pages {
  readonly #wanted = new Map<string, Read>();
  readonly #underWay = new Map<string, Read>();
  readonly #kept = new LRUCache<Segment, Lane>({
    maxSize: PAGES_BYTES_MAX,
    sizeCalculation: (_, { capacity }) => capacity,
    dispose: (lane, page) => lane.removePage(page),
  });

  constructor(
    private readonly log: LogReader,
    private readonly listener: PageListener,
  ) {}

  /** Asks for the page with the cursor's next frame. It is read after `readWanted`. */
  want(cursor: Cursor, subscription: Subscription): void {
    const { lane, next: from } = cursor;
    const key = `${lane.channel} ${lane.priority} ${from}`;
    const read = this.#underWay.get(key) ?? this.#wanted.get(key) ?? { lane, from, waiting: new Map() };
    read.waiting.set(cursor, subscription);
    if (!this.#underWay.has(key)) this.#wanted.set(key, read);
  }

  /**
   * Starts reads in the order of their requests, as many as may be under way. Call it once earlier pages have been used:
   * new pages displace them.
   */
  readWanted(): void {
    for (const [key, read] of this.#wanted) {
      if (this.#underWay.size >= READS_MAX) return;
      this.#wanted.delete(key);
      this.#underWay.set(key, read);
      void this.#read(read).then(
        (firstOffset) => {
          this.#underWay.delete(key);
          this.listener.arrived(read.waiting, firstOffset);
        },
        (error: unknown) => {
          this.#underWay.delete(key);
          this.listener.failed(read.waiting, error);
        },
      );
    }
  }

  /** @returns the first stored offset from the wanted one on; the one behind the head if there is none */
  async #read({ lane, from }: Read): Promise<number> {
    const { channel, priority, head } = lane;
    const limit = PAGE_ENTRIES - ((from - 1) % PAGE_ENTRIES);
    const entries = await this.log.read(channel, priority, from, limit, PAGE_BYTES);
    const [first] = entries;
    if (first === undefined) return head + 1;
    // A page has consecutive entries only; what is missing is read again.
    const consecutive = entries.filter(({ offset }, n) => offset === first.offset + n);
    const page = pageOf(first.offset, consecutive.map(frameText));
    lane.addPage(page);
    this.#kept.set(page, lane);
    return first.offset;
  }
}

function pageOf(firstOffset: number, texts: readonly string[]): Segment {
  const bytes = texts.reduce((sum, text) => sum + frameBytes(Buffer.byteLength(text)), 0);
  const page = new Segment(firstOffset, bytes);
  for (const text of texts) page.append(text);
  return page;
}
