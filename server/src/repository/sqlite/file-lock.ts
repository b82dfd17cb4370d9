import { DatabaseSync } from 'node:sqlite';

/**
 * Keeps other processes from opening the same store. The lock is SQLite's own on a file beside the store, so the system
 * releases it even if the process is killed.
 */
export class FileLock {
  #held: DatabaseSync | undefined;

  /** @param file of the store */
  constructor(private readonly file: string) {}

  /** @throws an error of SQLite with the code SQLITE_BUSY if another process has the lock */
  acquire(): void {
    const lock = new DatabaseSync(`${this.file}.lock`);
    try {
      lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    } catch (error) {
      lock.close();
      throw error;
    }
    this.#held = lock;
  }

  release(): void {
    this.#held?.close();
    this.#held = undefined;
  }
}
