import type {
  Account,
  App,
  AppNotificationDraft,
  AppPage,
  AppScope,
  AppWithKey,
  Attentiveness,
  CurrentUser,
  InboxChanged,
  InboxFilter,
  InboxItem,
  InboxPage,
  LoginAnswer,
  Membership,
  Notification,
  NotificationDraft,
  Preferences,
  PreferencesAnswer,
  Priority,
  Receipts,
  Recipients,
  ReplacedKey,
  SavedFilter,
  ScheduledNotification,
  ScheduledPage,
  SentPage,
  ServerInfo,
  StateChange,
} from '@herald/protocol';
import type { InboxApi, Selection } from '../inbox/inbox-api.ts';
import { answerOf } from './answer-of.ts';
import { HeraldError } from './herald-error.ts';

/** The server answers within a second or two; a connection that is dead never does. */
const ANSWER_WITHIN_MS = 30_000;
const NOTIFICATIONS = '/api/notifications';
const APPS = '/api/apps';

const ACCOUNTS_PAGE = 50;

/** A request as `fetch` takes it. The signal ends it after 30 s. */
export interface HeraldRequest {
  method: string;
  headers: Record<string, string>;
  /** JSON. */
  body?: string;
  /** A browser completes the request even if its page is closed. */
  keepalive?: boolean;
  signal: AbortSignal;
}

export interface HeraldApiOptions {
  /** Address of the server, such as `https://herald.example`. */
  server: string;
  /** Access token of each request, as `signIn` returns it. Without one, only `info` and `signIn` succeed. */
  token?: () => string | null | Promise<string>;
  /** Makes the requests. Default: the global `fetch`. */
  fetch?: (url: string, request: HeraldRequest) => Promise<Response>;
}

/** An administrator's change of an account; absent fields stay unchanged. */
export interface AccountChange {
  roles?: string[];
  topics?: string[];
  password?: string;
}

export interface AccountsPage {
  items: Account[];
  /** Whether there may be more behind the last account. */
  hasMore: boolean;
}

/** A change of an app; absent fields stay unchanged. Null, false and an empty list remove a default or the expiry. */
export interface AppChange {
  audience?: string[];
  category?: string | null;
  defaultPriority?: Priority | null;
  tags?: string[];
  markdown?: boolean;
  expiresAt?: string | null;
}

/** A new app. One that reads has no audience. */
export interface AppDraft extends AppChange {
  name: string;
  scope: AppScope;
}

/** Requests of one person over HTTP, by `fetch`. Each rejects with a `HeraldError` if it fails. */
export class HeraldApi implements InboxApi {
  constructor(private readonly options: HeraldApiOptions) {}

  info(): Promise<ServerInfo> {
    return this.#send('GET', '/api/info', {});
  }

  /** @throws HeraldError with the code `bad_credentials`, or `sign_ins_busy` with the seconds to wait */
  signIn(username: string, password: string): Promise<LoginAnswer> {
    return this.#send('POST', '/api/auth/login', {}, { username, password });
  }

  /** Exchanges the token, which must still be valid, for a new one. */
  refresh(): Promise<LoginAnswer> {
    return this.ask('POST', '/api/auth/refresh');
  }

  /** Revokes the token. */
  signOut(): Promise<void> {
    return this.ask('POST', '/api/auth/logout');
  }

  me(): Promise<CurrentUser> {
    return this.ask('GET', '/api/auth/me');
  }

  followTopic(topic: string): Promise<Membership> {
    return this.ask('PUT', `/api/auth/me/topics/${encodeURIComponent(topic)}`);
  }

  unfollowTopic(topic: string): Promise<Membership> {
    return this.ask('DELETE', `/api/auth/me/topics/${encodeURIComponent(topic)}`);
  }

  page(filter: InboxFilter, before: string | null, limit: number): Promise<InboxPage> {
    return this.ask('GET', NOTIFICATIONS + queryOf({ ...filter, limit, before }));
  }

  one(id: string): Promise<InboxItem> {
    return this.ask('GET', pathOf(id));
  }

  change(selection: Selection, change: StateChange): Promise<InboxChanged> {
    return this.ask('POST', `${NOTIFICATIONS}/state`, { ...selection, ...change });
  }

  /** Confirms a notification that requires it. */
  acknowledge(id: string): Promise<InboxItem> {
    return this.ask('POST', `${pathOf(id)}/acknowledge`);
  }

  /** Chooses an action of a notification. @param index of the action, which must have an event */
  act(id: string, index: number): Promise<InboxItem> {
    return this.ask('POST', `${pathOf(id)}/actions/${index}`);
  }

  /** The names that the person may send to. @param part of a name; empty for any */
  recipients(part: string): Promise<Recipients> {
    return this.ask('GET', `/api/recipients${queryOf({ q: part })}`);
  }

  /**
   * Sends a notification, or schedules it if it has `deliverAt`.
   * @param draft with the key of an app, the app's defaults stand for what is missing
   * @param key for a request that may be repeated: with the same key it is sent once, within a day
   */
  send(draft: NotificationDraft | AppNotificationDraft, key?: string): Promise<Notification | ScheduledNotification> {
    return this.ask('POST', `${NOTIFICATIONS}/send`, draft, onceBy(key));
  }

  /** Sends up to 1,000 notifications, or none of them. @param key as of `send` */
  sendAll(drafts: readonly (NotificationDraft | AppNotificationDraft)[], key?: string): Promise<Notification[]> {
    return this.ask('POST', `${NOTIFICATIONS}/send`, drafts, onceBy(key));
  }

  /** Notifications that the person has sent. @param before `nextCursor` of the page before; null for the newest */
  sent(before: string | null): Promise<SentPage> {
    return this.ask('GET', `${NOTIFICATIONS}/sent${queryOf({ before })}`);
  }

  receipts(id: string): Promise<Receipts> {
    return this.ask('GET', `${pathOf(id)}/receipts`);
  }

  /** Takes back a notification that the person has sent. A browser completes it even if the page is closed. */
  retract(id: string): Promise<void> {
    return this.ask('DELETE', pathOf(id));
  }

  /** Notifications that the person has scheduled. @param after `nextCursor` of the page before; null for the first */
  scheduled(after: string | null): Promise<ScheduledPage> {
    return this.ask('GET', `${NOTIFICATIONS}/scheduled${queryOf({ after })}`);
  }

  /** Cancels a scheduled notification. A browser completes it even if the page is closed. */
  cancel(id: string): Promise<void> {
    return this.ask('DELETE', `${NOTIFICATIONS}/scheduled/${encodeURIComponent(id)}`);
  }

  preferences(): Promise<PreferencesAnswer> {
    return this.ask('GET', '/api/preferences');
  }

  /** @param preferences if they omit the filters, those stay */
  changePreferences(preferences: Attentiveness | Preferences): Promise<Preferences> {
    return this.ask('PUT', '/api/preferences', preferences);
  }

  saveFilters(filters: readonly SavedFilter[]): Promise<Preferences> {
    return this.ask('PUT', '/api/preferences/filters', { filters });
  }

  /**
   * A page of the accounts by name, for administrators.
   * @param part of the name, of a role or of a topic; empty for all
   * @param after last name of the page before; null for the first page
   */
  async accounts(part: string, after: string | null): Promise<AccountsPage> {
    const query = queryOf({ limit: ACCOUNTS_PAGE, q: part === '' ? null : part, after });
    const items = await this.ask<Account[]>('GET', `/api/users${query}`);
    return { items, hasMore: items.length === ACCOUNTS_PAGE };
  }

  addAccount(username: string, account: AccountChange): Promise<Account> {
    return this.ask('POST', '/api/users', { username, ...account });
  }

  changeAccount(username: string, change: AccountChange): Promise<Account> {
    return this.ask('PATCH', `/api/users/${encodeURIComponent(username)}`, change);
  }

  removeAccount(username: string): Promise<void> {
    return this.ask('DELETE', `/api/users/${encodeURIComponent(username)}`);
  }

  /** The person's apps by id, and everybody's for administrators. @param after `nextCursor` of the page before; null for the first */
  apps(after: string | null): Promise<AppPage> {
    return this.ask('GET', `${APPS}${queryOf({ after })}`);
  }

  app(id: number): Promise<App> {
    return this.ask('GET', `${APPS}/${id}`);
  }

  /** Only this answer, and that of `rotateApp`, has the key. */
  addApp(app: AppDraft): Promise<AppWithKey> {
    return this.ask('POST', APPS, app);
  }

  changeApp(id: number, change: AppChange): Promise<App> {
    return this.ask('PATCH', `${APPS}/${id}`, change);
  }

  /** Gives an app another key. The one until now stays good for a day; meanwhile `replaces` says which key ends. */
  rotateApp(id: number, replaces?: ReplacedKey): Promise<AppWithKey> {
    return this.ask('POST', `${APPS}/${id}/rotate`, replaces && { replaces });
  }

  /** Revokes the key before the last rotation. */
  removePreviousKey(id: number): Promise<void> {
    return this.ask('DELETE', `${APPS}/${id}/previous-key`);
  }

  /** Removes an app and revokes its keys. */
  removeApp(id: number): Promise<void> {
    return this.ask('DELETE', `${APPS}/${id}`);
  }

  isRefused(error: unknown): boolean {
    return error instanceof HeraldError && error.isFinal;
  }

  /**
   * Makes any other request of the API, with the token.
   * @param path with its slash, such as `/api/apps/1/templates`
   * @param headers besides the token, such as `If-Match`
   */
  async ask<Answer>(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer> {
    const token = (await this.options.token?.()) ?? null;
    return this.#send(
      method,
      path,
      { ...(token === null ? {} : { Authorization: `Bearer ${token}` }), ...headers },
      body,
    );
  }

  async #send<Answer>(method: string, path: string, headers: Record<string, string>, body?: unknown): Promise<Answer> {
    const request: HeraldRequest = { method, headers, signal: AbortSignal.timeout(ANSWER_WITHIN_MS) };
    // The page may ask as it is closed, and nobody would repeat the request.
    if (method === 'DELETE') request.keepalive = true;
    if (body !== undefined) {
      request.headers = { ...headers, 'Content-Type': 'application/json' };
      request.body = JSON.stringify(body);
    }
    return answerOf((this.options.fetch ?? fetch)(this.options.server + path, request));
  }
}

function onceBy(key: string | undefined): Record<string, string> {
  return key === undefined ? {} : { 'Idempotency-Key': key };
}

function pathOf(id: string): string {
  return `${NOTIFICATIONS}/${encodeURIComponent(id)}`;
}

/** Absent values are left out. */
function queryOf(values: Record<string, string | number | boolean | readonly string[] | null | undefined>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values))
    if (value !== undefined && value !== null) query.set(name, String(value));
  return query.size === 0 ? '' : `?${query.toString()}`;
}
