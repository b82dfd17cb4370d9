/**
 * A thread with one connection to a SQLite file, so that the event loop never waits for a disk. It executes the
 * statements in the order in which they come in. Node runs this file as it is in tests, so it imports only Node's modules.
 */
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';

/** A statement to execute. */
export interface Statement {
  readonly id: number;
  readonly sql: string;
  readonly parameters: readonly SQLInputValue[];
}

/** Its result, or its error with SQLite's extended result code. */
export type Result =
  | { readonly id: number; readonly rows: unknown[]; readonly changes: number }
  | { readonly id: number; readonly message: string; readonly code: number | undefined };

/** Prepared statements that are kept: the store has fewer, so they are compiled once. */
const PREPARED_MAX = 500;

const { path, pragmas } = workerData as { path: string; pragmas: readonly string[] };
const prepared = new Map<string, StatementSync>();
let database: DatabaseSync | undefined;

/** Opens the file at the first statement, so that a failure is an answer to that. */
function open(): DatabaseSync {
  if (database !== undefined) return database;
  const opened = new DatabaseSync(path);
  try {
    for (const pragma of pragmas) opened.exec(`PRAGMA ${pragma}`);
  } catch (error) {
    opened.close();
    throw error;
  }
  return (database = opened);
}

function prepare(sql: string): StatementSync {
  const known = prepared.get(sql);
  if (known !== undefined) return known;
  if (prepared.size === PREPARED_MAX) prepared.clear();
  const statement = open().prepare(sql);
  prepared.set(sql, statement);
  return statement;
}

function execute({ id, sql, parameters }: Statement): Result {
  try {
    const statement = prepare(sql);
    if (statement.columns().length > 0) return { id, rows: statement.all(...parameters), changes: 0 };
    return { id, rows: [], changes: Number(statement.run(...parameters).changes) };
  } catch (error) {
    const { message, errcode } = error as Error & { errcode?: number };
    return { id, message, code: errcode };
  }
}

parentPort?.on('message', (message: Statement | 'close') => {
  if (message !== 'close') return parentPort?.postMessage(execute(message));
  database?.close();
  parentPort?.close();
});
