import type { LoginAnswer } from '../../protocol/http.ts';
import type { StateChange } from '../../protocol/inbox.ts';
import type { Notification, NotificationDraft } from '../../protocol/notification.ts';
import type { HeraldServer } from './herald-server.ts';

const TEST_NOTIFICATION: NotificationDraft = {
  title: 'Test Notification',
  message: 'This is a test notification!',
  priority: 'high',
  category: 'test',
};

/** A program that sends by HTTP straight to the API, as curl does: it shares nothing with the page. */
export class Sender {
  readonly #apiUrl: string;
  readonly #token: string;

  private constructor(apiUrl: string, token: string) {
    this.#apiUrl = apiUrl;
    this.#token = token;
  }

  /** Signs in as the demo account. Its token outlives a restart of the server that keeps its secret. */
  static async signIn({ apiUrl }: HeraldServer): Promise<Sender> {
    const response = await post(`${apiUrl}/api/auth/login`, { username: 'admin', password: 'password' });
    const { access_token } = (await response.json()) as LoginAnswer;
    return new Sender(apiUrl, access_token);
  }

  /** Resolves when the server has answered that it is stored. What is not given is as in the README's curl command. */
  async send(draft: Partial<NotificationDraft> = {}): Promise<Notification> {
    const body = { ...TEST_NOTIFICATION, ...draft };
    const response = await post(`${this.#apiUrl}/api/notifications/send`, body, { Authorization: `Bearer ${this.#token}` });
    return (await response.json()) as Notification;
  }

  /** Sends `count` at once, at most 1,000, titled from "1" up. */
  async sendAtOnce(count: number, draft: Partial<NotificationDraft> = {}): Promise<void> {
    const drafts = Array.from({ length: count }, (_, i) => ({ ...TEST_NOTIFICATION, ...draft, title: String(i + 1) }));
    await post(`${this.#apiUrl}/api/notifications/send`, drafts, { Authorization: `Bearer ${this.#token}` });
  }

  /** Does something with notifications in the inbox of the same account, as another device would. */
  async change(ids: readonly string[], change: StateChange): Promise<void> {
    await post(`${this.#apiUrl}/api/notifications/state`, { ids, ...change }, { Authorization: `Bearer ${this.#token}` });
  }

  async retract(id: string): Promise<void> {
    const headers = { Authorization: `Bearer ${this.#token}` };
    const response = await fetch(`${this.#apiUrl}/api/notifications/${id}`, { method: 'DELETE', headers });
    if (!response.ok) throw new Error(`${response.url} answered ${response.status}: ${await response.text()}`);
  }

  /** Sends `count` of them, several at a time, titled from "1" up. */
  async sendMany(count: number, draft: Partial<NotificationDraft> = {}): Promise<void> {
    let next = 1;
    const sendRest = async (): Promise<void> => {
      while (next <= count) await this.send({ ...draft, title: String(next++) });
    };
    await Promise.all(Array.from({ length: 16 }, sendRest));
  }
}

async function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  return response;
}
