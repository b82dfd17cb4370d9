import {
  type AppFault,
  type AppLimits,
  type AppListener,
  AppRepository,
  type AppsQuery,
  type AppUse,
  type NewApp,
  type StoredApp,
} from '../app-repository.js';
import type { InMemoryUserRepository } from './in-memory-user-repository.js';

/** Keeps the apps for as long as the process lives. */
export class InMemoryAppRepository extends AppRepository {
  /** In the order of ids. */
  readonly #apps = new Map<number, StoredApp>();
  /** Ids by name, and by hash of a present or previous key. */
  readonly #idsByName = new Map<string, number>();
  readonly #idsByKey = new Map<string, number>();
  /** Names that each owner has ever given, and the owner by name. */
  readonly #namesGiven = new Map<string, string[]>();
  readonly #ownersByName = new Map<string, string>();
  readonly #listeners = new Set<AppListener>();
  #lastId = 0;
  #version = 0;

  constructor(private readonly users: InMemoryUserRepository) {
    super();
  }

  override find(id: number): Promise<StoredApp | undefined> {
    return Promise.resolve(this.#apps.get(id));
  }

  override findNamed(name: string): Promise<StoredApp | undefined> {
    return Promise.resolve(this.#apps.get(this.#idsByName.get(name) ?? 0));
  }

  override findByKey(hash: string): Promise<StoredApp | undefined> {
    return Promise.resolve(this.#apps.get(this.#idsByKey.get(hash) ?? 0));
  }

  override ownerOf(name: string): Promise<string | undefined> {
    return Promise.resolve(this.#ownersByName.get(name));
  }

  override namesOf(owner: string, limit: number): Promise<string[]> {
    const removed = this.#namesGivenBy(owner).filter((name) => !this.#idsByName.has(name));
    const existing = this.#namesGivenBy(owner).filter((name) => this.#idsByName.has(name));
    return Promise.resolve([...existing, ...removed].slice(0, limit));
  }

  override list({ owner, limit, after = 0 }: AppsQuery): Promise<StoredApp[]> {
    const found = [...this.#apps.values()].filter((app) => app.id > after && (owner ?? app.owner) === app.owner);
    return Promise.resolve(found.slice(0, limit));
  }

  override add(app: NewApp, limits: AppLimits): Promise<StoredApp | AppFault> {
    const fault = this.#faultOf(app, limits) ?? (this.users.takeName(app.name) ? undefined : 'name');
    if (fault !== undefined) return Promise.resolve(fault);
    const added = { ...app, id: ++this.#lastId };
    this.#set(added);
    this.#noteName(added);
    return Promise.resolve(added);
  }

  override update(id: number, change: (app: StoredApp) => StoredApp): Promise<StoredApp | undefined> {
    return new Promise((resolve) => {
      const app = this.#apps.get(id);
      if (app === undefined) {
        resolve(undefined);
        return;
      }
      const changed = change(app);
      this.#forgetKeys(app);
      this.#set(changed);
      resolve(changed);
    });
  }

  override noteUses(uses: readonly AppUse[]): Promise<void> {
    for (const { id, at, from } of uses) {
      const app = this.#apps.get(id);
      if (app !== undefined) this.#apps.set(id, { ...app, lastUsedAt: at, lastUsedFrom: from });
    }
    return Promise.resolve();
  }

  override version(): Promise<number> {
    return Promise.resolve(this.#version);
  }

  override onChanged(listener: AppListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  has(id: number): boolean {
    return this.#apps.has(id);
  }

  /** Removes an app for ever. @returns its name; undefined if there is no such app */
  remove(id: number): string | undefined {
    const app = this.#apps.get(id);
    if (app === undefined) return undefined;
    this.#apps.delete(id);
    this.#idsByName.delete(app.name);
    this.#forgetKeys(app);
    this.#tell(app);
    return app.name;
  }

  /** Ids of the apps of an owner. */
  ownedBy(owner: string): number[] {
    return [...this.#apps.values()].filter((app) => app.owner === owner).map(({ id }) => id);
  }

  #noteName({ name, owner }: StoredApp): void {
    const names = this.#namesGiven.get(owner) ?? [];
    names.push(name);
    this.#namesGiven.set(owner, names);
    this.#ownersByName.set(name, owner);
  }

  #namesGivenBy(owner: string): readonly string[] {
    return this.#namesGiven.get(owner) ?? [];
  }

  #faultOf({ owner }: NewApp, { count, countOfAll, names }: AppLimits): AppFault | undefined {
    if (this.users.isRemoved(owner)) return 'owner';
    if (this.#apps.size >= countOfAll) return 'countOfAll';
    if (this.ownedBy(owner).length >= count) return 'count';
    if (this.#namesGivenBy(owner).length >= names) return 'names';
    return undefined;
  }

  #set(app: StoredApp): void {
    this.#apps.set(app.id, app);
    this.#idsByName.set(app.name, app.id);
    for (const hash of hashesOf(app)) this.#idsByKey.set(hash, app.id);
    this.#tell(app);
  }

  #forgetKeys(app: StoredApp): void {
    for (const hash of hashesOf(app)) this.#idsByKey.delete(hash);
  }

  #tell({ name, owner, scope }: StoredApp): void {
    this.#version += 1;
    for (const listener of this.#listeners) listener(name);
    if (scope === 'read') this.users.tell(owner);
  }
}

function hashesOf({ keyHash, previousKey }: StoredApp): string[] {
  return previousKey === undefined ? [keyHash] : [keyHash, previousKey.hash];
}
