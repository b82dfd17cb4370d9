import type {
  InboxChanged,
  InboxFilter,
  InboxItem,
  InboxPage,
  LoginAnswer,
  Notification,
  NotificationDraft,
  ScheduledNotification,
  StateChange,
} from '@herald/protocol';
import type { InboxApi, Selection } from '../inbox/inbox-api.ts';
import { HeraldError } from './herald-error.ts';

/** The server answers within a second or two; a connection that is dead never does. */
const ANSWER_WITHIN_MS = 30_000;
const NOTIFICATIONS = '/api/notifications';

export interface HeraldApiOptions {
  /** Address of the server, such as `https://herald.example`. */
  server: string;
  /** Access token of each request, as `signIn` returns it. */
  token: () => string | Promise<string>;
}

/** Requests of one person over HTTP, by `fetch`. Each rejects with a `HeraldError` if it fails. */
export class HeraldApi implements InboxApi {
  constructor(private readonly options: HeraldApiOptions) {}

  /** @throws HeraldError with the code `bad_credentials`, or `sign_ins_busy` with the seconds to wait */
  static signIn(server: string, username: string, password: string): Promise<LoginAnswer> {
    return ask(`${server}/api/auth/login`, { method: 'POST', body: { username, password } });
  }

  /** Exchanges the token, which must still be valid, for a new one. */
  refresh(): Promise<LoginAnswer> {
    return this.#ask('POST', '/api/auth/refresh');
  }

  page(filter: InboxFilter, before: string | null, limit: number): Promise<InboxPage> {
    const query = new URLSearchParams({ limit: String(limit), ...(before === null ? {} : { before }) });
    for (const [name, value] of Object.entries(filter)) if (value !== undefined) query.set(name, String(value));
    return this.#ask('GET', `${NOTIFICATIONS}?${query.toString()}`);
  }

  one(id: string): Promise<InboxItem> {
    return this.#ask('GET', `${NOTIFICATIONS}/${encodeURIComponent(id)}`);
  }

  change(selection: Selection, change: StateChange): Promise<InboxChanged> {
    return this.#ask('POST', `${NOTIFICATIONS}/state`, { ...selection, ...change });
  }

  /** Confirms a notification that requires it. */
  acknowledge(id: string): Promise<InboxItem> {
    return this.#ask('POST', `${NOTIFICATIONS}/${encodeURIComponent(id)}/acknowledge`);
  }

  /** Chooses an action of a notification. @param index of the action, which must have an event */
  act(id: string, index: number): Promise<InboxItem> {
    return this.#ask('POST', `${NOTIFICATIONS}/${encodeURIComponent(id)}/actions/${index}`);
  }

  /**
   * Sends a notification, or schedules it if it has `deliverAt`.
   * @param key for a request that may be repeated: with the same key it is sent once, within a day
   */
  send(draft: NotificationDraft, key?: string): Promise<Notification | ScheduledNotification> {
    return this.#ask('POST', `${NOTIFICATIONS}/send`, draft, key);
  }

  /** Sends up to 1,000 notifications, or none of them. @param key as of `send` */
  sendAll(drafts: readonly NotificationDraft[], key?: string): Promise<Notification[]> {
    return this.#ask('POST', `${NOTIFICATIONS}/send`, drafts, key);
  }

  isRefused(error: unknown): boolean {
    return error instanceof HeraldError && error.isFinal;
  }

  async #ask<Answer>(method: string, path: string, body?: unknown, key?: string): Promise<Answer> {
    const headers = {
      Authorization: `Bearer ${await this.options.token()}`,
      ...(key === undefined ? {} : { 'Idempotency-Key': key }),
    };
    return ask(`${this.options.server}${path}`, { method, headers, body });
  }
}

interface Request {
  method: string;
  headers?: Record<string, string>;
  body?: unknown;
}

async function ask<Answer>(url: string, { method, headers, body }: Request): Promise<Answer> {
  const init: RequestInit = { method, signal: AbortSignal.timeout(ANSWER_WITHIN_MS) };
  init.headers = { ...headers, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) };
  if (body !== undefined) init.body = JSON.stringify(body);
  const response = await fetch(url, init).catch((cause: unknown) => {
    throw new HeraldError(0, undefined, undefined, { cause });
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok) return answer as Answer;
  const seconds = Number(response.headers.get('Retry-After') ?? NaN);
  throw new HeraldError(response.status, isRefusal(answer) ? answer : undefined, seconds >= 0 ? seconds : undefined);
}

function isRefusal(body: unknown): body is NonNullable<HeraldError['answer']> {
  return typeof (body as { code?: unknown } | null | undefined)?.code === 'string';
}
