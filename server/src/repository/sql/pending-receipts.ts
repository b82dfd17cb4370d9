import type { Priority } from '@herald/protocol';
import { sql, type Transaction } from 'kysely';
import { OffsetRanges } from '../offset-ranges.js';
import type { Stretch } from '../notification-repository.js';
import { StoreUnavailable } from '../store-errors.js';
import type { SqlDatabase } from './sql-database.js';
import type { Tables } from './tables.js';

/** Time during which reports are gathered. A crash loses at most these. */
const GATHERED_MS = 1000;
/** People and lanes whose reports are gathered at most. */
const PENDING_MAX = 5000;

/** A person, and a lane of which they have received entries. */
interface PersonLane {
  readonly channel: string;
  readonly lane: Priority;
  readonly username: string;
}

interface Received extends PersonLane {
  readonly ranges: OffsetRanges;
}

interface Range extends PersonLane {
  readonly first: number;
  readonly last: number;
}

/** Gathers reports of received entries, of which each delivery makes one, and stores them together. */
export class PendingReceipts {
  #pending = new Map<string, Received>();
  #timer: NodeJS.Timeout | undefined;
  #flushed: Promise<void> = Promise.resolve();

  constructor(private readonly database: SqlDatabase) {}

  add(username: string, stretch: Stretch): void {
    this.#keep(username, stretch);
    if (this.#pending.size >= PENDING_MAX) void this.flush();
    else this.#timer ??= setTimeout(() => void this.flush(), GATHERED_MS).unref();
  }

  #keep(username: string, { channel, lane, from, to }: Stretch): void {
    // While the store does not work, only so many are kept.
    if (this.#pending.size < PENDING_MAX) gather(this.#pending, { channel, lane, username, first: from, last: to });
  }

  forget(username: string): void {
    for (const [key, received] of this.#pending) if (received.username === username) this.#pending.delete(key);
  }

  /** Resolves when all reports so far are stored, or are gathered again because the store does not work. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const pending = [...this.#pending.values()];
    this.#pending = new Map();
    if (pending.length > 0) this.#flushed = this.#flush(pending);
    await this.#flushed;
  }

  async #flush(pending: readonly Received[]): Promise<void> {
    try {
      await this.database.transactions.run((db) => this.#store(db, pending));
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) {
        process.emitWarning(error as Error);
        return;
      }
      for (const { channel, lane, username, ranges } of pending) {
        for (const [from, to] of ranges) this.#keep(username, { channel, lane, from, to });
      }
    }
  }

  async #store(db: Transaction<Tables>, pending: readonly Received[]): Promise<void> {
    const known = await this.#known(db, pending);
    const ends = new Map(known.map((range) => [beginOf(range), range.last]));
    const ranges = merged(pending, known);
    await this.#drop(db, absorbed(known, ranges));
    const changed = ranges.filter((range) => ends.get(beginOf(range)) !== range.last);
    // Most ranges grow at their end.
    await sql`
      INSERT INTO received (channel, lane, username, first, last)
      SELECT value ->> 'channel', value ->> 'lane', value ->> 'username', CAST(value ->> 'first' AS bigint),
        CAST(value ->> 'last' AS bigint)
      FROM ${this.database.dialect.each(JSON.stringify(changed))} WHERE true
      ON CONFLICT (channel, lane, username, first) DO UPDATE SET last = excluded.last`.execute(db);
  }

  /**
   * Stored ranges of these people and lanes. Without a join: the table changes faster than the statistics of PostgreSQL,
   * by which a join may compare all of its rows with all reports.
   */
  async #known(db: Transaction<Tables>, pending: readonly Received[]): Promise<Range[]> {
    const { anyOf } = this.database.dialect;
    const names = [...new Set(pending.map(({ username }) => username))];
    const lanes = [...new Set(pending.map(laneName))];
    const { rows } = await sql<Range>`
      SELECT * FROM received WHERE username ${anyOf(names)} AND (lane || ' ' || channel) ${anyOf(lanes)}`.execute(db);
    const reported = new Set(pending.map(keyOf));
    return rows.filter((range) => reported.has(keyOf(range)));
  }

  async #drop(db: Transaction<Tables>, ranges: readonly Range[]): Promise<void> {
    if (ranges.length === 0) return;
    const { anyOf } = this.database.dialect;
    const names = [...new Set(ranges.map(({ username }) => username))];
    await sql`
      DELETE FROM received
      WHERE username ${anyOf(names)} AND (first || ' ' || username || ' ' || lane || ' ' || channel) ${anyOf(ranges.map(beginOf))}
    `.execute(db);
  }
}

/** Adds a range to those of its person and lane. */
function gather(received: Map<string, Received>, range: Range): void {
  const { channel, lane, username, first, last } = range;
  const key = keyOf(range);
  const known = received.get(key) ?? { channel, lane, username, ranges: new OffsetRanges() };
  received.set(key, known);
  known.ranges.add(first, last);
}

/** All ranges of the people and lanes; those that touch are one. */
function merged(pending: readonly Received[], known: readonly Range[]): Range[] {
  const byPerson = new Map<string, Received>();
  for (const range of [...known, ...pending.flatMap(rangesOf)]) gather(byPerson, range);
  return [...byPerson.values()].flatMap(rangesOf);
}

function rangesOf({ ranges, ...whose }: Received): Range[] {
  return [...ranges].map(([first, last]) => ({ ...whose, first, last }));
}

/** Ranges that became part of one with an earlier begin. */
function absorbed(known: readonly Range[], ranges: readonly Range[]): Range[] {
  const begins = new Set(ranges.map(beginOf));
  return known.filter((range) => !begins.has(beginOf(range)));
}

// As the statements above write them. Names of people and lanes have no spaces.
const laneName = ({ lane, channel }: PersonLane): string => `${lane} ${channel}`;
const keyOf = ({ username, lane, channel }: PersonLane): string => `${username} ${lane} ${channel}`;
const beginOf = (range: Range): string => `${range.first} ${keyOf(range)}`;
