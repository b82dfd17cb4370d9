import { browserName } from '#app/platform/browser-name';
import { Injectable } from '@angular/core';
import type { KeptInbox } from '@herald/client/inbox';

const NAME = browserName('inbox');
/** Increase it when the shape of `KeptInbox` changes; older copies are then deleted. */
const VERSION = 2;
const STORE = 'inbox';
/** Only one inbox is stored, that of the person who signed in last. */
const KEY = 'last';
/** Another tab can block the opening of the database without limit. */
const READ_WITHIN_MS = 2000;

/** Copy of the last known inbox in IndexedDB. If the database fails, writes do nothing and reads return null. */
@Injectable({ providedIn: 'root' })
export class InboxDatabase {
  #opened: Promise<IDBDatabase> | undefined;

  /** The stored copy for this person only. Null if there is none, or if the read takes more than 2 s. */
  async read(username: string): Promise<KeptInbox | null> {
    try {
      const kept = await within(
        READ_WITHIN_MS,
        this.#do('readonly', (store) => store.get(KEY) as IDBRequest<KeptInbox | undefined>),
      );
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
    const database = await (this.#opened ??= this.#open());
    return answerTo(ask(database.transaction(STORE, mode).objectStore(STORE)));
  }

  /** After a failed or lost connection the next request opens another one. */
  #open(): Promise<IDBDatabase> {
    const forget = (): void => {
      if (this.#opened === opening) this.#opened = undefined;
    };
    const opening = open(forget);
    opening.catch(forget);
    return opening;
  }
}

async function open(onLost: () => void): Promise<IDBDatabase> {
  const request = indexedDB.open(NAME, VERSION);
  request.onupgradeneeded = () => {
    const { result: database } = request;
    if (database.objectStoreNames.contains(STORE)) database.deleteObjectStore(STORE);
    database.createObjectStore(STORE);
  };
  const database = await answerTo(request);
  // A newer version of the page, in another tab, can open the database only once this connection is closed.
  database.onversionchange = () => {
    database.close();
    onLost();
  };
  database.onclose = onLost;
  return database;
}

function answerTo<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The database did not answer'));
  });
}

function within<Result>(limitMs: number, work: Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The database did not answer in time')), limitMs);
    void work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
