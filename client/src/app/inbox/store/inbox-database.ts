import { Injectable } from '@angular/core';
import type { KeptInbox } from './kept-inbox';

const NAME = 'herald';
/** Counted up when what is kept gets another shape: what was kept before is dropped. */
const VERSION = 1;
const STORE = 'inbox';
/** One at a time: that of the person who was signed in last. */
const KEY = 'last';

/** Where this browser keeps the last known inbox. It is a convenience: where it can't be had, nothing is kept. */
@Injectable({ providedIn: 'root' })
export class InboxDatabase {
  #opened: Promise<IDBDatabase> | undefined;

  /** What was kept for this person, and for nobody else. */
  async read(username: string): Promise<KeptInbox | null> {
    try {
      const kept = await this.#do('readonly', (store) => store.get(KEY) as IDBRequest<KeptInbox | undefined>);
      return kept?.username === username ? kept : null;
    } catch {
      return null;
    }
  }

  async write(kept: KeptInbox): Promise<void> {
    await this.#do('readwrite', (store) => store.put(kept, KEY)).catch(() => undefined);
  }

  async clear(): Promise<void> {
    await this.#do('readwrite', (store) => store.clear()).catch(() => undefined);
  }

  async #do<Result>(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest<Result>): Promise<Result> {
    this.#opened ??= open();
    const database = await this.#opened;
    return answerTo(ask(database.transaction(STORE, mode).objectStore(STORE)));
  }
}

async function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(NAME, VERSION);
  request.onupgradeneeded = () => {
    const { result: database } = request;
    if (database.objectStoreNames.contains(STORE)) database.deleteObjectStore(STORE);
    database.createObjectStore(STORE);
  };
  const database = await answerTo(request);
  // A newer page, in another tab, waits for this one to let go.
  database.onversionchange = () => database.close();
  return database;
}

function answerTo<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The database did not answer'));
  });
}
