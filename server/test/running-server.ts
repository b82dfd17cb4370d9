import type { AppWithKey, ErrorAnswer, Notification, NotificationDraft } from '@herald/protocol';
import type { Abstract, Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TokenService } from '../src/auth/token.service.js';
import { checkEnvironment } from '../src/config/read-environment.js';
import { createApp } from '../src/configure-app.js';
import { UserRepository } from '../src/repository/user-repository.js';

export const DRAFT: NotificationDraft = {
  title: 'Deploy finished',
  message: 'Version 42 is live.',
  priority: 'high',
  category: 'deploy',
};

/** Password of the accounts that tests add. */
export const USER_PASSWORD = 'correct horse';
const USER_PASSWORD_HASH =
  '$argon2id$v=19$m=9216,t=4,p=1$I3iRFAp/968c6/pimzdYiQ$Fi8FpRM9TK3fFg4PFfj0fxRVXuQM5uKIxJJWFlx/j7Q';

/** An answer whose body has been read, as JSON or else as text. */
export interface Answer {
  status: number;
  headers: Headers;
  body: unknown;
}

/** Includes servers left over by failed tests, which Jest would wait for for ever. */
const running = new Set<RunningServer>();
afterAll(async () => {
  await Promise.all([...running].map((server) => server.close()));
});

/** A complete server on its own port, built as in main.ts. */
export class RunningServer {
  /** Set while it runs. */
  app!: NestFastifyApplication;

  /** @param variables as in the environment; missing ones have their defaults */
  static start(variables?: NodeJS.ProcessEnv): Promise<RunningServer> {
    return new RunningServer().start(variables);
  }

  async start(variables: NodeJS.ProcessEnv = {}): Promise<this> {
    this.app = await createApp(checkEnvironment({ LOG_LEVEL: 'error', ...variables }));
    running.add(this);
    await this.app.listen(Number(variables['PORT'] ?? 0), '127.0.0.1');
    return this;
  }

  get http(): Server {
    return this.app.getHttpServer();
  }

  get port(): number {
    return (this.http.address() as AddressInfo).port;
  }

  get host(): string {
    return `127.0.0.1:${this.port}`;
  }

  async fetch(path: string, init?: RequestInit): Promise<Answer> {
    return readAnswer(await fetch(`http://${this.host}${path}`, init));
  }

  get(path: string, token?: string): Promise<Answer> {
    return this.fetch(path, { headers: authorization(token) });
  }

  /** @param body text to send unchanged, or a value to send as JSON */
  post(path: string, body: unknown, token?: string): Promise<Answer> {
    return this.request('POST', path, token, body);
  }

  /** @param body text to send unchanged, or a value to send as JSON; undefined for none */
  request(method: string, path: string, token?: string, body?: unknown): Promise<Answer> {
    if (body === undefined) return this.fetch(path, { method, headers: authorization(token) });
    const headers = { 'Content-Type': 'application/json', ...authorization(token) };
    return this.fetch(path, { method, headers, body: typeof body === 'string' ? body : JSON.stringify(body) });
  }

  /** @returns an access token, issued without a password check to save time */
  async signIn(username = 'admin'): Promise<string> {
    const user = await this.#get(UserRepository).find(username);
    if (user === undefined) throw new Error(`there is no account ${username}`);
    const { token } = await this.#get(TokenService).issue(user);
    return token;
  }

  /** Adds an account with `USER_PASSWORD`. */
  async createUser(username: string, roles: string[] = []): Promise<void> {
    const user = { username, passwordHash: USER_PASSWORD_HASH, roles, topics: [] };
    expect(await this.#get(UserRepository).add(user)).toBe(true);
  }

  /** Sends a notification, and expects the server to store it. */
  async send(token: string, draft: Partial<NotificationDraft> = {}): Promise<Notification> {
    const { status, body } = await this.post('/api/notifications/send', { ...DRAFT, ...draft }, token);
    expect(status).toBe(201);
    return body as Notification;
  }

  /** The newest notification in the inbox of the user of the token. */
  async newest(token: string): Promise<Notification> {
    const { body } = await this.get('/api/notifications?limit=1', token);
    return (body as { items: Notification[] }).items[0]!;
  }

  /** Adds an app of the user of the token, and expects the server to accept it. */
  async createApp(token: string, fields: object): Promise<AppWithKey> {
    const { status, body } = await this.post('/api/apps', fields, token);
    expect([status, body]).toEqual([201, expect.anything()]);
    return body as AppWithKey;
  }

  #get<Provider>(type: Type<Provider> | Abstract<Provider>): Provider {
    return this.app.get(type, { strict: false });
  }

  async close(): Promise<void> {
    if (running.delete(this)) await this.app.close();
  }
}

/** One server for the tests of a block or a file: it runs from before the first until after the last. */
export function useServer(variables?: NodeJS.ProcessEnv): RunningServer {
  const server = new RunningServer();
  beforeAll(() => server.start(variables));
  afterAll(() => server.close());
  return server;
}

/** The header `Authorization` of a name and a password. */
export function basic(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

/** A multipart form with these fields. */
export function formOf(fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}

/** Status and code of a refusal, and the code of its first detail if it has details. */
export function codesOf({ status, body }: Answer): [number, string, string?] {
  const { code, details } = body as ErrorAnswer;
  return details === undefined ? [status, code] : [status, code, details[0]?.code];
}

function authorization(token: string | undefined): Record<string, string> {
  return token === undefined ? {} : { Authorization: `Bearer ${token}` };
}

async function readAnswer(response: Response): Promise<Answer> {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}

/** Another server for each test of a block or a file. */
export function useFreshServer(variables?: NodeJS.ProcessEnv): RunningServer {
  const server = new RunningServer();
  beforeEach(() => server.start(variables));
  afterEach(() => server.close());
  return server;
}
