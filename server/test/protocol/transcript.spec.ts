import type { AckEvery, LoginAnswer, ServerFrame } from '@herald/protocol';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { isDeepStrictEqual } from 'node:util';
import { WebSocket } from 'ws';
import { checkEnvironment } from '../../src/config/read-environment.js';
import { createApp } from '../../src/configure-app.js';
import { faultsOfFrame } from './frame-schema.js';

const README = 'protocol/README.md';
/** Values that differ between runs; all others must match the transcript. */
const VARIABLE = new Set(['connectionId', 'epoch', 'id', 'createdAt', 'expiresAt', 'serverTime']);
/** Initial terms for a near client and for a far one. The server tells them apart by the delay of the `hello`. */
const FIRST_TERMS: readonly AckEvery[] = [
  { messages: 16, bytes: 3584 },
  { messages: 32, bytes: 7680 },
];
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

interface Step {
  kind: string;
  text: string;
}

function readTranscript(): Step[] {
  const [, transcript = ''] = /```transcript\n([\s\S]*?)```/.exec(readFileSync(README, 'utf8')) ?? [];
  return transcript
    .trim()
    .split('\n')
    .map((line) => {
      const [kind = '', ...words] = line.split(' ');
      return { kind, text: words.join(' ') };
    });
}

/** The frame with each variable value replaced by its kind, so that a value of another kind still differs. */
function comparable(frame: string): unknown {
  return JSON.parse(frame, (key, value: unknown) => {
    if (key === 'ackEvery')
      return FIRST_TERMS.some((terms) => isDeepStrictEqual(terms, value)) ? 'as for one that is near, or far' : value;
    return VARIABLE.has(key) || UUID.test(String(value)) ? kindOf(value) : value;
  });
}

function kindOf(value: unknown): string {
  const text = String(value);
  if (UUID.test(text)) return 'uuid';
  return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text) ? 'instant' : text;
}

describe('the transcript in protocol/README.md', () => {
  let app: NestFastifyApplication;
  let base: string;
  let token: string;
  let socket: WebSocket;
  let epoch = '';
  const ids: string[] = [];
  const received: string[] = [];
  let closed: Promise<unknown[]>;
  let wake: () => void = () => undefined;

  beforeAll(async () => {
    app = await createApp(checkEnvironment({ LOG_LEVEL: 'error' }));
    await app.listen(0, '127.0.0.1');
    base = `127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;
    token = await signIn();
    await connect();
  });

  afterAll(async () => {
    await app.close();
  });

  it("matches the server's frames", async () => {
    const steps = readTranscript();
    expect(steps.length).toBeGreaterThan(10);
    for (const step of steps) await play(step);
    expect(received).toEqual([]);
  });

  it("has frames of the client that the JSON Schema accepts, unless the server's answer says that they are faulty", () => {
    const steps = readTranscript();
    for (const [n, { kind, text }] of steps.entries()) {
      if (kind !== 'C' || /"(unknown_event|malformed)"/.test(steps[n + 1]?.text ?? '')) continue;
      expect([text, faultsOfFrame(text)]).toEqual([text, []]);
    }
  });

  async function play({ kind, text }: Step): Promise<void> {
    if (kind === 'C') socket.send(withRemembered(text));
    else if (kind === 'POST') await send(text);
    else if (kind === 'PATCH' || kind === 'DELETE') await request(kind, withRemembered(text));
    else if (kind === 'FOLLOW') await topic('PUT', text);
    else if (kind === 'UNFOLLOW') await topic('DELETE', text);
    else if (kind === 'S') compare(await nextFrame(), text);
    else if (kind === 'CUT') await cut();
    else if (kind === 'CONNECT') await connect();
    else if (kind === 'STOP') void app.close();
    else if (kind === 'CLOSE') expect((await closed)[0]).toBe(Number(text));
    else throw new Error(`The transcript has a line that can't be played: ${kind} ${text}`);
  }

  async function connect(): Promise<void> {
    socket = new WebSocket(`ws://${base}/ws`, ['herald.v1', `bearer.${token}`]);
    socket.on('message', (message: Buffer) => {
      received.push(message.toString());
      wake();
    });
    closed = once(socket, 'close');
    await once(socket, 'open');
  }

  async function cut(): Promise<void> {
    socket.terminate();
    await closed;
  }

  function compare(actual: string, written: string): void {
    expect(comparable(actual)).toEqual(comparable(written));
    expect(faultsOfFrame(actual)).toEqual([]);
    const { event, data } = JSON.parse(actual) as ServerFrame & { data?: unknown };
    if (event === 'welcome') epoch = data.epoch;
    if (event === 'notification') ids.push(data.id);
  }

  function withRemembered(text: string): string {
    return text
      .replace('<epoch>', epoch)
      .replace('<token>', token)
      .replace(/<id (\d+)>/g, (_, nth: string) => ids[Number(nth) - 1] ?? '');
  }

  async function nextFrame(): Promise<string> {
    while (received.length === 0) await new Promise<void>((resolve) => (wake = resolve));
    return received.shift() ?? '';
  }

  async function signIn(): Promise<string> {
    const response = await fetch(`http://${base}/api/auth/login`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ username: 'admin', password: 'password' }),
    });
    return ((await response.json()) as LoginAnswer).access_token;
  }

  async function request(method: string, text: string): Promise<void> {
    const [id = '', body] = text.split(' ');
    const headers = {
      Authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    };
    const { ok } = await fetch(`http://${base}/api/notifications/${id}`, { method, headers, body });
    expect(ok).toBe(true);
  }

  async function send(body: string): Promise<void> {
    const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` };
    const response = await fetch(`http://${base}/api/notifications/send`, { method: 'POST', headers, body });
    expect(response.status).toBe(201);
  }

  async function topic(method: 'PUT' | 'DELETE', name: string): Promise<void> {
    const headers = { Authorization: `Bearer ${token}` };
    const response = await fetch(`http://${base}/api/auth/me/topics/${name}`, { method, headers });
    expect(response.status).toBe(200);
  }
});
