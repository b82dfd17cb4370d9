import type { App } from '@herald/protocol';

/** An app as it is stored. */
export interface StoredApp extends Omit<App, 'hasSecret'> {
  /** SHA-256 of the key in base64url; the key itself is not stored. */
  readonly keyHash: string;
  /** The key before the last rotation, and the instant from which it is refused. */
  readonly previousKey?: { readonly hash: string; readonly until: string };
  /** The secret that webhooks must prove. Signatures are made of it, so that a hash would not do. */
  readonly secret?: string;
}

export type NewApp = Omit<StoredApp, 'id' | 'lastUsedAt' | 'lastUsedFrom'>;

/** Most apps of one owner, and of all; and most names that one owner has ever given, since names are never free again. */
export interface AppLimits {
  readonly count: number;
  readonly countOfAll: number;
  readonly names: number;
}

/** Reasons against another app: its name is or was in use, its owner was removed, or a limit is reached. */
export type AppFault = 'name' | 'owner' | keyof AppLimits;

/** A query for apps. */
export interface AppsQuery {
  /** Undefined: all owners. */
  readonly owner?: string;
  /** Maximum number of results, at least 1. */
  readonly limit: number;
  /** Only apps with a larger id. */
  readonly after?: number;
}

/** Use of an app's key. */
export interface AppUse {
  readonly id: number;
  /** ISO 8601. */
  readonly at: string;
  /** Address of the client. */
  readonly from: string;
}

export type AppListener = (name: string) => void;

/**
 * The programs that have keys. `Store.removeApp` removes one. Every adapter guarantees:
 * - ids ascend, and are never given again.
 * - `add` and `update` are atomic: of two at once, the second sees what the first has stored.
 * - the name of an app is never the name of an account, and never given again.
 * - a change or removal of an app that reads is reported like a change of its owner's account, to all processes.
 * - listeners hear of every app that this process has added, changed or removed, once that is stored. A listener must
 *   not throw. Changes of other processes show in `version`.
 */
export abstract class AppRepository {
  abstract find(id: number): Promise<StoredApp | undefined>;
  abstract findNamed(name: string): Promise<StoredApp | undefined>;
  /** The app whose present or previous key has this hash, whether or not that is still valid. */
  abstract findByKey(hash: string): Promise<StoredApp | undefined>;
  /** The owner of the app that has or had this name; undefined if none did. */
  abstract ownerOf(name: string): Promise<string | undefined>;
  /** Up to `limit` names of apps that an owner has or had, each once; those that still exist come first. */
  abstract namesOf(owner: string, limit: number): Promise<string[]>;
  /** Apps by id. */
  abstract list(query: AppsQuery): Promise<StoredApp[]>;
  /** @returns the app with its id, or the reason why it was not added */
  abstract add(app: NewApp, limits: AppLimits): Promise<StoredApp | AppFault>;
  /**
   * Stores the result of `change`, which keeps the id, the name and the last use. If `change` throws, nothing is
   * stored, and its error is passed on.
   * @param change a pure function; it may be called several times
   * @returns the app as stored; undefined if there is no such app
   */
  abstract update(id: number, change: (app: StoredApp) => StoredApp): Promise<StoredApp | undefined>;
  /** Stores the last uses of apps, in one transaction. It is no change, and ignores apps that are gone. */
  abstract noteUses(uses: readonly AppUse[]): Promise<void>;
  /** Grows with each app that any process has added, changed or removed, in the same transaction. */
  abstract version(): Promise<number>;
  /** @returns a function that ends the subscription */
  abstract onChanged(listener: AppListener): () => void;
}
