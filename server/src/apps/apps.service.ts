import {
  ADMIN_ROLE,
  type App,
  APP_NAMES_MAX,
  type AppPage,
  APPS_MAX,
  APPS_OF_ALL_MAX,
  APPS_OF_USER_MAX,
  type AppScope,
  type AppWithKey,
  type Priority,
  type ReplacedKey,
} from '@herald/protocol';
import { Injectable } from '@nestjs/common';
import { accountOf } from '../auth/account-of.js';
import { hashOfKey, newAppKey } from '../auth/app-key.js';
import { invalidToken } from '../auth/auth-refusals.js';
import { withoutUndefined } from '../ingest/json-fields.js';
import { unknownRecipient } from '../notifications/audience-refusals.js';
import { checkAppRights, unknownUsersOf } from '../notifications/audience.js';
import { firstPage } from '../notifications/first-page.js';
import type { AppFault, AppLimits, StoredApp } from '../repository/app-repository.js';
import { Store } from '../repository/store.js';
import type { User } from '../repository/user-repository.js';
import {
  audienceOfReader,
  nameTaken,
  notOwner,
  previousKeyValid,
  tooManyAppNames,
  tooManyApps,
  unknownApp,
} from './apps-refusals.js';

const LIMITS = { count: APPS_OF_USER_MAX, countOfAll: APPS_OF_ALL_MAX, names: APP_NAMES_MAX };
/** Others can't use up the apps of administrators. */
const LIMITS_OF_ADMIN = { count: APPS_MAX, countOfAll: Infinity, names: Infinity };
/** Time for which the previous key stays valid after a rotation. */
const ROTATION_MS = 24 * 60 * 60 * 1000;

/** Fields that may change. Absent fields stay unchanged; null, false and an empty list remove a field. */
export interface AppFields {
  audience?: string[];
  category?: string | null;
  defaultPriority?: Priority | null;
  tags?: string[];
  markdown?: boolean;
  expiresAt?: string | null;
  secret?: string | null;
}

/** Manages apps. Each is seen and changed by its owner and by administrators. */
@Injectable()
export class AppsService {
  constructor(private readonly store: Store) {}

  /**
   * @throws Refusal audience_refused | unknown_recipient | username_taken | too_many_apps | too_many_app_names |
   * invalid_token
   */
  async create(name: string, scope: AppScope = 'send', fields: AppFields, owner: string): Promise<AppWithKey> {
    const { audience = [] } = fields;
    const user = await this.#account(owner);
    await this.#checkAudience(audience, user);
    const limits = isAdmin(user) ? LIMITS_OF_ADMIN : LIMITS;
    const key = newAppKey();
    const createdAt = new Date().toISOString();
    const app = { name, owner, scope, audience, keyHash: hashOfKey(key), createdAt };
    const added = await this.store.apps.add(withFields(app, fields), limits);
    if (typeof added === 'string') throw refusalOfFault(added, name, limits);
    return { ...answerOf(added), key };
  }

  /** Lists the apps of a person, or all for an administrator. @throws Refusal invalid_token */
  async list(by: string, limit: number, after?: string): Promise<AppPage> {
    const owner = isAdmin(await this.#account(by)) ? undefined : by;
    const found = await this.store.apps.list({ owner, limit: limit + 1, after: Number(after ?? 0) });
    const { items, isMore } = firstPage(found.map(answerOf), limit);
    return { items, nextCursor: isMore ? String(items.at(-1)?.id) : null };
  }

  /** The app as it is stored, for its owner and administrators. @throws Refusal unknown_app | invalid_token */
  async find(id: string, by: string): Promise<StoredApp> {
    const [user, app] = [await this.#account(by), await this.store.apps.find(idOf(id))];
    if (app === undefined || (app.owner !== by && !isAdmin(user))) throw unknownApp();
    return app;
  }

  /** @throws Refusal unknown_app | invalid_token */
  async get(id: string, by: string): Promise<App> {
    return answerOf(await this.find(id, by));
  }

  /** @throws Refusal audience_refused | unknown_recipient | invalid_request | unknown_app | invalid_token */
  async change(id: string, fields: AppFields, by: string): Promise<App> {
    const app = await this.find(id, by);
    if (fields.audience !== undefined) {
      if (app.scope === 'read') throw audienceOfReader();
      await this.#checkAudience(fields.audience, await this.#account(app.owner));
    }
    return answerOf(await this.#update(app.id, (known) => withFields(known, fields)));
  }

  /**
   * Gives an app another key. The key until now stays valid for a day.
   * @param replaces key that ends instead if the previous one is still valid
   * @throws Refusal previous_key_valid if it is, and none may end | unknown_app | not_owner | invalid_token
   */
  async rotate(id: string, by: string, replaces?: ReplacedKey): Promise<AppWithKey> {
    const app = await this.find(id, by);
    if (app.scope === 'read' && app.owner !== by) throw notOwner();
    const key = newAppKey();
    const rotated = await this.#update(app.id, (known) => withKey(known, hashOfKey(key), replaces));
    return { ...answerOf(rotated), key };
  }

  /** Revokes the key before the last rotation, if it is still valid. @throws Refusal unknown_app | invalid_token */
  async removePreviousKey(id: string, by: string): Promise<void> {
    const app = await this.find(id, by);
    await this.#update(app.id, (known) => ({ ...known, previousKey: undefined }));
  }

  /** Removes an app for ever, and revokes its keys. @throws Refusal unknown_app | invalid_token */
  async remove(id: string, by: string): Promise<void> {
    const app = await this.find(id, by);
    if (!(await this.store.removeApp(app.id))) throw unknownApp();
  }

  #account(username: string): Promise<User> {
    return accountOf({ username }, this.store.users);
  }

  /** @throws Refusal unknown_app when it was removed meanwhile */
  async #update(id: number, change: (app: StoredApp) => StoredApp): Promise<StoredApp> {
    const app = await this.store.apps.update(id, change);
    if (app === undefined) throw unknownApp();
    return app;
  }

  /** The app sends by the rights of its owner, whoever sets its audience. */
  async #checkAudience(audience: readonly string[], owner: User): Promise<void> {
    checkAppRights(audience, owner, 'audience');
    const [unknown] = await unknownUsersOf(audience, this.store.users);
    if (unknown !== undefined) throw unknownRecipient(unknown, 'audience');
  }
}

function isAdmin({ roles }: User): boolean {
  return roles.includes(ADMIN_ROLE);
}

/** Ids begin with 1, so anything else than digits becomes the id of no app. */
function idOf(text: string): number {
  return /^\d{1,15}$/.test(text) ? Number(text) : 0;
}

function withFields<Fields extends object>(app: Fields, fields: AppFields): Fields {
  const { audience, category, defaultPriority, tags, markdown, expiresAt, secret } = fields;
  const given = { audience, category, defaultPriority, tags, markdown, expiresAt, secret };
  const changed = { ...app, ...withoutUndefined(given) };
  const kept = Object.entries(changed).filter(([name, value]) => name === 'audience' || !isNone(value));
  return Object.fromEntries(kept) as Fields;
}

function isNone(value: unknown): boolean {
  return value === null || value === false || (Array.isArray(value) && value.length === 0);
}

function refusalOfFault(fault: AppFault, name: string, limits: AppLimits): Error {
  if (fault === 'name') return nameTaken(name);
  if (fault === 'owner') return invalidToken('The account of this token no longer exists');
  return fault === 'names' ? tooManyAppNames(limits.names) : tooManyApps(limits[fault]);
}

/** @throws Refusal previous_key_valid if the previous key is, and `replaces` does not say which key may end */
function withKey(app: StoredApp, keyHash: string, replaces: ReplacedKey | undefined): StoredApp {
  const validUntil = previousKeyUntil(app);
  if (validUntil !== undefined) {
    if (replaces === undefined) throw previousKeyValid(validUntil);
    if (replaces === 'current') return { ...app, keyHash };
  }
  const until = new Date(Date.now() + ROTATION_MS).toISOString();
  return { ...app, keyHash, previousKey: { hash: app.keyHash, until } };
}

/** Undefined if the key before the last rotation is no longer valid. */
function previousKeyUntil({ previousKey }: StoredApp): string | undefined {
  return previousKey !== undefined && Date.parse(previousKey.until) > Date.now() ? previousKey.until : undefined;
}

/** An app as the API returns it, without its secrets. */
function answerOf(app: StoredApp): App {
  const { id, name, owner, scope, audience, category, defaultPriority, tags, markdown } = app;
  const { expiresAt, createdAt, lastUsedAt, lastUsedFrom } = app;
  const hasSecret = app.secret === undefined ? undefined : (true as const);
  const options = { category, defaultPriority, tags, markdown, expiresAt, hasSecret, lastUsedAt, lastUsedFrom };
  const given = withoutUndefined({ ...options, previousKeyUntil: previousKeyUntil(app) });
  return { id, name, owner, scope, audience, createdAt, ...given };
}
