import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { CompiledQuery, type DatabaseConnection, type QueryResult } from 'kysely';
import type { SQLInputValue } from 'node:sqlite';
import { StoreUnavailable } from '../store-errors.js';
import { SqliteError, whileOpen } from './sqlite-errors.js';
import type { Result, Statement } from './sqlite-worker.ts';

interface Waiting {
  readonly resolve: (result: QueryResult<never>) => void;
  readonly reject: (error: Error) => void;
}

/** A connection to a SQLite file in a thread of its own. Statements are executed in the order of the calls. */
export class SqliteThread implements DatabaseConnection {
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #lastId = 0;
  #ended: Error | undefined;

  /** @param pragmas executed first, such as `synchronous = FULL` */
  constructor(
    private readonly path: string,
    private readonly pragmas: readonly string[],
  ) {}

  /** The file is opened at the first statement. */
  start(): void {
    const { path, pragmas } = this;
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    const worker = new Worker(new URL(`./sqlite-worker.${extension}`, import.meta.url), {
      workerData: { path, pragmas },
    });
    worker.on('message', (result: Result) => this.#settle(result));
    worker.on('error', (error) => this.#end(new StoreUnavailable('The thread of the store failed', { cause: error })));
    worker.on('exit', () => this.#end(new StoreUnavailable('The store is closed')));
    worker.unref();
    this.#worker = worker;
  }

  /** @throws StoreUnavailable | SqliteError */
  executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    return new Promise((resolve, reject) => {
      const worker = this.#worker;
      if (this.#ended !== undefined || worker === undefined) {
        reject(this.#ended ?? new StoreUnavailable('The store is not open'));
        return;
      }
      const statement: Statement = { id: ++this.#lastId, sql, parameters: parameters as readonly SQLInputValue[] };
      this.#waiting.set(statement.id, { resolve, reject });
      // A program with a statement under way does not end.
      if (this.#waiting.size === 1) worker.ref();
      worker.postMessage(statement);
    });
  }

  /** No query of the store reads a stream. */
  streamQuery(): never {
    throw new Error('not supported');
  }

  /** Whether statements are executed. */
  get isOpen(): boolean {
    return this.#worker !== undefined && this.#ended === undefined;
  }

  /** Resolves when the file is closed, behind all statements so far. */
  async close(): Promise<void> {
    const worker = this.#worker;
    if (this.#ended !== undefined || worker === undefined) return;
    const exit = once(worker, 'exit');
    worker.ref();
    worker.postMessage('close');
    await exit;
  }

  #settle(result: Result): void {
    const waiting = this.#waiting.get(result.id);
    this.#waiting.delete(result.id);
    if (this.#waiting.size === 0) this.#worker?.unref();
    if ('message' in result) waiting?.reject(whileOpen(new SqliteError(result.message, result.code)) as Error);
    else waiting?.resolve({ rows: result.rows as never[], numAffectedRows: BigInt(result.changes) });
  }

  #end(error: Error): void {
    this.#ended ??= error;
    for (const { reject } of this.#waiting.values()) reject(this.#ended);
    this.#waiting.clear();
  }
}
