import type { LoginAnswer, Notification, NotificationDraft, StateChange } from '@herald/protocol';
import type { HeraldServer } from './herald-server.ts';

const TEST_NOTIFICATION: NotificationDraft = {
  title: 'Test Notification',
  message: 'This is a test notification!',
  priority: 'high',
  category: 'test',
};

/** An HTTP client of the API, like curl, that shares nothing with the page. */
export class Sender {
  readonly #apiUrl: string;
  /** Token of the last sign-in, which may be pending. */
  #token: Promise<string>;

  private constructor(apiUrl: string) {
    this.#apiUrl = apiUrl;
    this.#token = tokenFrom(apiUrl);
  }

  /** Signs in as the demo account, and again when a restart of the server has revoked the token. */
  static async signIn({ apiUrl }: HeraldServer): Promise<Sender> {
    const sender = new Sender(apiUrl);
    await sender.#token;
    return sender;
  }

  /** Resolves when the server has confirmed storage. Defaults are those of the README's curl command. */
  async send(draft: Partial<NotificationDraft> = {}): Promise<Notification> {
    const response = await this.#ask('POST', 'notifications/send', { ...TEST_NOTIFICATION, ...draft });
    return (await response.json()) as Notification;
  }

  /** Sends `count` at once, at most 1,000, titled from "1". */
  async sendAtOnce(count: number, draft: Partial<NotificationDraft> = {}): Promise<void> {
    const drafts = Array.from({ length: count }, (_, i) => ({ ...TEST_NOTIFICATION, ...draft, title: String(i + 1) }));
    await this.#ask('POST', 'notifications/send', drafts);
  }

  /** Changes the state of notifications in the same account's inbox, as another device would. */
  async change(ids: readonly string[], change: StateChange): Promise<void> {
    await this.#ask('POST', 'notifications/state', { ids, ...change });
  }

  async retract(id: string): Promise<void> {
    await this.#ask('DELETE', `notifications/${id}`);
  }

  /** Sends `count`, several at a time, titled from "1". */
  async sendMany(count: number, draft: Partial<NotificationDraft> = {}): Promise<void> {
    let next = 1;
    const sendRest = async (): Promise<void> => {
      while (next <= count) await this.send({ ...draft, title: String(next++) });
    };
    await Promise.all(Array.from({ length: 16 }, sendRest));
  }

  async #ask(method: string, path: string, body?: object): Promise<Response> {
    const url = `${this.#apiUrl}/api/${path}`;
    const token = this.#token;
    const response = await ask(method, url, body, await token);
    if (response.status !== 401) return expectOk(response);
    // One sign-in serves all requests refused at the same time.
    if (this.#token === token) this.#token = tokenFrom(this.#apiUrl);
    return expectOk(await ask(method, url, body, await this.#token));
  }
}

async function tokenFrom(apiUrl: string): Promise<string> {
  const response = await expectOk(
    await ask('POST', `${apiUrl}/api/auth/login`, { username: 'admin', password: 'password' }),
  );
  return ((await response.json()) as LoginAnswer).access_token;
}

function ask(method: string, url: string, body?: object, token?: string): Promise<Response> {
  const headers = {
    ...(body !== undefined && { 'Content-Type': 'application/json' }),
    ...(token !== undefined && { Authorization: `Bearer ${token}` }),
  };
  return fetch(url, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
}

async function expectOk(response: Response): Promise<Response> {
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}: ${await response.text()}`);
  return response;
}
