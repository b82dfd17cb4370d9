import 'reflect-metadata';
import { EnvironmentError, readEnvironment } from './config/environment.js';
import { fileIn } from './repository/sqlite/file-in.js';
import { StoreError } from './repository/store-errors.js';

/**
 * Runs a command for the store of DATABASE_URL and the file that is the only argument. Problems that the operator can
 * solve are printed in one line, and the exit code is 1.
 * @param work returns the line to print
 */
export function runStoreCommand(name: string, work: (store: string, file: string) => string): void {
  // A copy of the store is as private as the store.
  process.umask(0o077);
  try {
    const [file, ...more] = process.argv.slice(2);
    if (file === undefined || more.length > 0) throw new StoreError(`Usage: npm run ${name} -- FILE`);
    const store = fileIn(readEnvironment().DATABASE_URL);
    if (store === undefined) throw new StoreError('DATABASE_URL: the store is not in a file');
    console.log(work(store, file));
  } catch (error) {
    const isForOperator = error instanceof StoreError || error instanceof EnvironmentError;
    console.error(isForOperator ? error.message : error);
    process.exitCode = 1;
  }
}
