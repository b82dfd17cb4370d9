import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { StoredApp } from '../repository/app-repository.js';
import { Store } from '../repository/store.js';
import { appKeyIn, hashOfKey } from './app-key.js';
import type { AttemptCount } from './attempt-count.js';
import { keyNotValid, tooManyFailedSignIns } from './auth-refusals.js';
import { networkOf } from './network-of.js';
import { spreadAttempts } from './spread-count.js';

/** Keys whose apps are remembered; the least recently used one is looked up again. */
const KNOWN_MAX = 10_000;
/** Keys that no app has, from one network in 15 minutes: each costs a look-up in the store. */
const UNKNOWN_PER_NETWORK = 100;
/** Time for which remembered apps are used before the store is asked whether another process has changed any. */
const FRESH_MS = 500;

/** The result of a look-up. It is used until any app changes. */
interface Known {
  readonly app: StoredApp;
  readonly asOf: number;
}

/**
 * Finds the apps of keys. Apps are remembered by the hash of their key until any app changes: at once if this process
 * has changed it, otherwise within `FRESH_MS`. So a revoked key is refused within a second by every process. Networks
 * that try many unknown keys have to wait before they try another one; keys that were valid before are still accepted.
 */
@Injectable()
export class AppKeys {
  readonly #known = new LRUCache<string, Known>({ max: KNOWN_MAX });
  /** Hashes that no app has, with the number of changes of apps as of which that is so. */
  readonly #unknown = new LRUCache<string, number>({ max: KNOWN_MAX });
  readonly #attempts: AttemptCount;
  /** Number of changes of apps: an app that was read before one must be read again. */
  #changes = 0;
  #version: number | undefined;
  #freshUntil = 0;
  #refreshing: Promise<void> | undefined;

  constructor(private readonly store: Store) {
    this.#attempts = spreadAttempts(store.peers, 'unknown keys', UNKNOWN_PER_NETWORK);
    store.apps.onChanged(() => (this.#changes += 1));
  }

  /**
   * The app of a key, with or without the prefix `tk_`.
   * @param address of the client
   * @throws Refusal invalid_token when there is no such key, or it has expired, was rotated out or revoked |
   * too_many_failed_sign_ins
   */
  async check(credential: string, address: string): Promise<StoredApp> {
    const app = await this.find(credential, address);
    if (app === undefined) throw keyNotValid();
    return app;
  }

  /** @returns undefined if there is no such key, or it is no longer valid @throws Refusal too_many_failed_sign_ins */
  async find(credential: string, address: string): Promise<StoredApp | undefined> {
    const key = appKeyIn(credential);
    if (key === undefined) return undefined;
    if (this.store.isShared && performance.now() >= this.#freshUntil) await this.#refresh();
    const hash = hashOfKey(key);
    const app = await this.#appOf(hash, address);
    return app !== undefined && isValid(app, hash) ? app : undefined;
  }

  /**
   * The app of a key by its hash, as the store has it now. For open connections, which outlive what is remembered.
   * @throws Refusal invalid_token
   */
  async recheck(hash: string): Promise<StoredApp> {
    const app = await this.store.apps.findByKey(hash);
    if (app === undefined || !isValid(app, hash)) throw keyNotValid();
    return app;
  }

  async #appOf(hash: string, address: string): Promise<StoredApp | undefined> {
    const known = this.#known.get(hash);
    if (known?.asOf === this.#changes) return known.app;
    if (this.#unknown.get(hash) === this.#changes) return undefined;
    return known === undefined ? this.#firstOf(hash, networkOf(address)) : this.#findStored(hash);
  }

  /** Counts only keys that no app has: after a restart, a thousand programs may come from one network at once. */
  async #firstOf(hash: string, network: string): Promise<StoredApp | undefined> {
    const waitMs = this.#attempts.waitMs(network);
    if (waitMs > 0) throw tooManyFailedSignIns(Math.ceil(waitMs / 1000));
    const app = await this.#findStored(hash);
    if (app === undefined) this.#attempts.add(network);
    return app;
  }

  async #findStored(hash: string): Promise<StoredApp | undefined> {
    const asOf = this.#changes;
    const app = await this.store.apps.findByKey(hash);
    if (app === undefined) {
      this.#known.delete(hash);
      this.#unknown.set(hash, asOf);
    } else this.#known.set(hash, { app, asOf });
    return app;
  }

  #refresh(): Promise<void> {
    this.#refreshing ??= this.#compareVersions().finally(() => (this.#refreshing = undefined));
    return this.#refreshing;
  }

  async #compareVersions(): Promise<void> {
    const askedAt = performance.now();
    const version = await this.store.apps.version();
    if (version !== this.#version) this.#changes += 1;
    this.#version = version;
    this.#freshUntil = askedAt + FRESH_MS;
  }
}

/** Whether the app has not expired, and the hash is that of its present key or of one that is still valid. */
function isValid({ expiresAt, keyHash, previousKey }: StoredApp, hash: string): boolean {
  return isAhead(expiresAt) && (hash === keyHash || (hash === previousKey?.hash && isAhead(previousKey.until)));
}

function isAhead(instant: string | undefined): boolean {
  return instant === undefined || Date.parse(instant) > Date.now();
}
