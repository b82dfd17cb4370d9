import type { ClientFrame, LoginAnswer, ServerFrame, WelcomeFrame } from '@herald/protocol';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type WebSocket, WebSocketServer } from 'ws';
import { useCommandLine } from './command-line.js';
import { Listening } from './listening.js';

const WELCOME: WelcomeFrame['data'] = {
  ...{ connectionId: '1', user: { username: 'ada' }, epoch: 'e', resumed: false, heads: {}, creditBytes: 65_536 },
  ...{ ackEvery: { messages: 16, bytes: 3584 }, heartbeatMs: 30_000, retry: { minMs: 500, maxMs: 30_000 } },
  expiresAt: '2026-11-30T12:00:00.000Z',
};

describe('herald listen with a sign-in', () => {
  const cli = useCommandLine(() => ({}));
  const file = join(cli.folder, 'config', 'herald', 'login.json');
  let isBusy = false;
  const http = createServer((request, response) => {
    if (isBusy) {
      isBusy = false;
      response.writeHead(503).end('{}');
      return;
    }
    const answer: LoginAnswer = {
      access_token: `fresh of ${request.headers.authorization}`,
      token_type: 'bearer',
      expires_in: 86_400,
    };
    response.end(JSON.stringify(answer));
  });
  const sockets = new WebSocketServer({ server: http });

  beforeAll(async () => {
    await once(http.listen(0, '127.0.0.1'), 'listening');
    const server = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
    mkdirSync(join(cli.folder, 'config', 'herald'), { recursive: true });
    const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
    writeFileSync(file, JSON.stringify({ server, username: 'ada', token: 'first', expiresAt }));
  });

  afterAll(() => {
    sockets.close();
    http.close();
  });

  test('renews the token on the open connection, although the server is busy at first, and keeps the new one', async () => {
    const connected = once(sockets, 'connection') as Promise<[WebSocket]>;
    const starting = Listening.start(cli);
    const [socket] = await connected;
    const send = (frame: ServerFrame): void => socket.send(JSON.stringify(frame));
    const next = async (): Promise<ClientFrame> =>
      JSON.parse(String((await once(socket, 'message'))[0])) as ClientFrame;
    expect(await next()).toEqual({ event: 'hello', data: {} });
    send({ event: 'welcome', data: WELCOME });
    const listening = await starting;
    isBusy = true;
    send({ event: 'token_expiring', data: { expiresAt: WELCOME.expiresAt } });
    expect(await next()).toEqual({ event: 'authenticate', data: { token: 'fresh of Bearer first' } });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ username: 'ada', token: 'fresh of Bearer first' });
    await listening.end();
  });
});
