import { EVERYONE, type InboxItem, type LoginAnswer, type Notification, PRIORITIES } from '@herald/protocol';
import { setTimeout as wait } from 'node:timers/promises';
import { newId } from '../../src/repository/new-id.js';
import { Published } from '../delivery-promise/published.js';
import type { SeededRandom } from '../seeded-random.js';

const TOMORROW = new Date(Date.now() + 86_400_000).toISOString();
/** Pause between two sends in a lane. */
const PAUSE_MS = 20;
/** Pause before a request is repeated that no server has carried out. */
const AGAIN_MS = 20;

interface Credentials {
  readonly username: string;
  readonly password: string;
}

const ADMIN: Credentials = { username: 'admin', password: 'password' };

/** Changes of every kind that were answered with 2xx. */
interface Promised {
  readonly read: string;
  readonly scheduled: string;
  readonly signedOut: string;
  readonly user: string;
}

/** Sends and changes things at any of some servers that may die at any moment, and checks that they are kept. */
export class Promises {
  readonly published = new Published();
  /** Answers 503 so far. */
  refused = 0;
  /** The longest time in which a server has answered, in milliseconds. */
  longestMs = 0;
  #token = '';
  #isOver = false;
  readonly #name = newId();
  #keys = 0;

  constructor(
    private readonly hosts: readonly string[],
    private readonly random: SeededRandom,
  ) {}

  get token(): string {
    return this.#token;
  }

  /** Signs in for everything that follows. */
  async begin(account: Credentials = ADMIN): Promise<void> {
    this.#token = await this.#signIn(account);
  }

  /** Ends `publish`. */
  end(): void {
    this.#isOver = true;
  }

  /** Sends one notification after the other in each lane until the end. */
  async publish(epoch: string): Promise<void> {
    await Promise.all(
      PRIORITIES.map(async (priority) => {
        while (!this.#isOver) {
          const message = '€'.repeat(this.random.one([1, 200, 600]));
          this.published.add(epoch, EVERYONE, priority, (await this.send({ title: 'Chaos', message, priority })).id);
          // The keys of a sender have room for some ten thousand sends.
          await wait(PAUSE_MS);
        }
      }),
    );
  }

  /** Repeats a send with the same key, at any server, until one has an answer. */
  async send(draft: object): Promise<Notification> {
    const body = { category: 'chaos', ...draft };
    return (await this.#insist(
      'POST',
      '/api/notifications/send',
      body,
      `${this.#name}-${++this.#keys}`,
    )) as Notification;
  }

  /** Changes the state of notifications. */
  async change(change: object): Promise<void> {
    await this.#insist('POST', '/api/notifications/state', change);
  }

  /** @returns undefined if there is no such notification */
  async find(id: string): Promise<InboxItem | undefined> {
    const answer = await this.#answered('GET', `/api/notifications/${id}`);
    return answer.ok ? ((await answer.json()) as InboxItem) : undefined;
  }

  async promise(): Promise<Promised> {
    const user = `${this.#name}-${++this.#keys}`;
    const read = (await this.send({ title: 'To read', message: 'm', priority: 'low', audience: ['user:admin'] })).id;
    const scheduled = (await this.send({ title: 'Later', message: 'm', priority: 'low', deliverAt: TOMORROW })).id;
    const signedOut = await this.#signIn(ADMIN);
    await this.change({ ids: [read], read: true });
    await this.#change('POST', '/api/users', { username: user, password: 'correct horse battery', roles: [] });
    await this.#change('POST', '/api/auth/logout', undefined, signedOut);
    return { read, scheduled, signedOut, user };
  }

  async expectKept({ read, scheduled, signedOut, user }: Promised): Promise<void> {
    const get = (path: string): Promise<unknown> => this.#insist('GET', path);
    expect(await this.find(read)).toMatchObject({ read: true });
    expect(await get('/api/notifications/scheduled?limit=100')).toMatchObject({
      items: expect.arrayContaining([expect.objectContaining({ id: scheduled })]),
    });
    expect(await get(`/api/users?limit=100&q=${user}`)).toContainEqual(expect.objectContaining({ username: user }));
    expect((await this.#answered('GET', '/api/auth/me', undefined, undefined, signedOut)).status).toBe(401);
  }

  /** One request to one server. @returns undefined if there was no answer */
  async request(
    host: string,
    method: string,
    path: string,
    body?: object,
    key?: string,
    bearer = this.#token,
  ): Promise<Response | undefined> {
    const headers = {
      Authorization: `Bearer ${bearer}`,
      ...(body && { 'Content-Type': 'application/json' }),
      ...(key !== undefined && { 'Idempotency-Key': key }),
    };
    const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
    const startedAt = performance.now();
    try {
      const answer = await fetch(`http://${host}${path}`, init);
      return new Response((await answer.text()) || null, { status: answer.status });
    } catch (error) {
      // For a lost connection, fetch throws a TypeError of another realm than Jest's.
      if ((error as Error).name === 'TypeError') return undefined;
      throw error;
    } finally {
      this.longestMs = Math.max(this.longestMs, performance.now() - startedAt);
    }
  }

  /** Repeats a change that can be repeated without harm. */
  async #insist(method: string, path: string, body?: object, key?: string): Promise<unknown> {
    const answer = await this.#answered(method, path, body, key);
    if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}: ${await answer.text()}`);
    return answer.json();
  }

  /** A change that can't be repeated: the second time it finds what the first has done. */
  async #change(method: string, path: string, body?: object, bearer?: string): Promise<void> {
    const { status } = await this.#answered(method, path, body, undefined, bearer);
    if (![200, 201, 204, 401, 409].includes(status)) throw new Error(`${method} ${path} was answered ${status}`);
  }

  async #answered(method: string, path: string, body?: object, key?: string, bearer?: string): Promise<Response> {
    for (;;) {
      const answer = await this.request(this.random.one(this.hosts), method, path, body, key, bearer);
      if (answer !== undefined && answer.status !== 503) return answer;
      if (answer !== undefined) this.refused += 1;
      await wait(AGAIN_MS);
    }
  }

  async #signIn({ username, password }: Credentials): Promise<string> {
    return ((await this.#insist('POST', '/api/auth/login', { username, password })) as LoginAnswer).access_token;
  }
}
