import 'reflect-metadata';
import { EnvironmentError, readEnvironment } from './config/read-environment.js';
import { fileIn } from './repository/sqlite/file-in.js';
import { StoreError } from './repository/store-errors.js';

/**
 * Runs a command of the operator. Problems that the operator can solve are printed in one line, and the exit code is 1.
 * @param usage name of the command and of its arguments, such as `backup FILE`
 * @param work takes the arguments, and returns the text to print
 */
export async function runCommand(usage: string, work: (...args: string[]) => string | Promise<string>): Promise<void> {
  // A copy of the store is as private as the store.
  process.umask(0o077);
  try {
    const [name, ...names] = usage.split(' ');
    const given = process.argv.slice(2);
    if (given.length !== names.length) throw new StoreError(`Usage: npm run ${name} -- ${names.join(' ')}`);
    console.log(await work(...given));
  } catch (error) {
    const isForOperator = error instanceof StoreError || error instanceof EnvironmentError;
    console.error(isForOperator ? error.message : error);
    process.exitCode = 1;
  }
}

/**
 * Runs a command for the store of DATABASE_URL and the file that is the only argument.
 * @param work returns the line to print
 */
export function runStoreCommand(name: string, work: (store: string, file: string) => string): Promise<void> {
  return runCommand(`${name} FILE`, (file = '') => {
    const store = fileIn(readEnvironment().DATABASE_URL);
    if (store === undefined) throw new StoreError('DATABASE_URL: the store is not in a file');
    return work(store, file);
  });
}
