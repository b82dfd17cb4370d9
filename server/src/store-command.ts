import 'reflect-metadata';
import { EnvironmentError, readEnvironment } from './config/environment.js';
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
    const { databaseFile } = readEnvironment();
    if (databaseFile === undefined) throw new StoreError('DATABASE_URL: the store is in memory, so there is no file');
    console.log(work(databaseFile, file));
  } catch (error) {
    const isForOperator = error instanceof StoreError || error instanceof EnvironmentError;
    console.error(isForOperator ? error.message : error);
    process.exitCode = 1;
  }
}
