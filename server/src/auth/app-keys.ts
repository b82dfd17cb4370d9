import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { StoredApp } from '../repository/app-repository.js';
import { Store } from '../repository/store.js';
import { appKeyIn, hashOfKey } from './app-key.js';
import { keyNotValid } from './auth-refusals.js';

/** Keys whose apps are remembered; the least recently used one is looked up again. */
const KNOWN_MAX = 10_000;
/** Time for which remembered apps are used before the store is asked whether another process has changed any. */
const FRESH_MS = 500;

/**
 * Finds the apps of keys. Apps are remembered by the hash of their key until any app changes: at once if this process
 * has changed it, otherwise within `FRESH_MS`. So a revoked key is refused within a second by every process.
 */
@Injectable()
export class AppKeys {
  readonly #known = new LRUCache<string, StoredApp>({ max: KNOWN_MAX });
  /** Number of times that all were forgotten: an app that was read before must not be remembered after. */
  #forgotten = 0;
  #version: number | undefined;
  #freshUntil = 0;
  #refreshing: Promise<void> | undefined;

  constructor(private readonly store: Store) {
    store.apps.onChanged(() => this.#forget());
  }

  /**
   * The app of a key, with or without the prefix `tk_`.
   * @throws Refusal invalid_token when there is no such key, or it has expired, was rotated out or revoked
   */
  async check(credential: string): Promise<StoredApp> {
    const app = await this.find(credential);
    if (app === undefined) throw keyNotValid();
    return app;
  }

  /** @returns undefined where `check` would refuse */
  async find(credential: string): Promise<StoredApp | undefined> {
    const key = appKeyIn(credential);
    if (key === undefined) return undefined;
    if (this.store.isShared && performance.now() >= this.#freshUntil) await this.#refresh();
    const hash = hashOfKey(key);
    const app = this.#known.get(hash) ?? (await this.#findStored(hash));
    return app !== undefined && isGood(app, hash) ? app : undefined;
  }

  /**
   * The app of a key by its hash, as the store has it now. For open connections, which outlive what is remembered.
   * @throws Refusal invalid_token
   */
  async recheck(hash: string): Promise<StoredApp> {
    const app = await this.store.apps.findByKey(hash);
    if (app === undefined || !isGood(app, hash)) throw keyNotValid();
    return app;
  }

  async #findStored(hash: string): Promise<StoredApp | undefined> {
    const forgotten = this.#forgotten;
    const app = await this.store.apps.findByKey(hash);
    if (app !== undefined && forgotten === this.#forgotten) this.#known.set(hash, app);
    return app;
  }

  #refresh(): Promise<void> {
    this.#refreshing ??= this.#compareVersions().finally(() => (this.#refreshing = undefined));
    return this.#refreshing;
  }

  async #compareVersions(): Promise<void> {
    const askedAt = performance.now();
    const version = await this.store.apps.version();
    if (version !== this.#version) this.#forget();
    this.#version = version;
    this.#freshUntil = askedAt + FRESH_MS;
  }

  #forget(): void {
    this.#known.clear();
    this.#forgotten += 1;
  }
}

/** Whether the app has not expired, and the hash is that of its present key or of one that is still good. */
function isGood({ expiresAt, keyHash, previousKey }: StoredApp, hash: string): boolean {
  return isAhead(expiresAt) && (hash === keyHash || (hash === previousKey?.hash && isAhead(previousKey.until)));
}

function isAhead(instant: string | undefined): boolean {
  return instant === undefined || Date.parse(instant) > Date.now();
}
