import type { LoginAnswer, Notification } from '@herald/protocol';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { ServerProcess } from '../chaos/server-process.js';
import { EventReader } from '../event-reader.js';
import { FrameSocket } from '../frame-socket.js';
import { DRAFT } from '../running-server.js';

const LIBRARY = ['x86_64', 'aarch64']
  .map((machine) => `/usr/lib/${machine}-linux-gnu/faketime/libfaketime.so.1`)
  .find(existsSync);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY_SECONDS = 86_400;

/** Each test moves the wall clock of one server process; its monotonic clock runs on. */
(LIBRARY === undefined ? describe.skip : describe)(
  `when the wall clock steps${LIBRARY === undefined ? ' (libfaketime is not installed here)' : ''}`,
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'herald-clock-'));
    const clock = join(folder, 'offset');
    let aheadMs = 0;
    let server: ServerProcess;
    let token = '';
    let client: FrameSocket;

    beforeAll(async () => {
      step(0);
      server = await ServerProcess.start({
        LD_PRELOAD: LIBRARY,
        FAKETIME_TIMESTAMP_FILE: clock,
        FAKETIME_NO_CACHE: '1',
        FAKETIME_DONT_FAKE_MONOTONIC: '1',
        HEARTBEAT_MS: '1000',
        TOKEN_TTL_SECONDS: String(DAY_SECONDS),
      });
      const { access_token } = (await ask('POST', '/api/auth/login', {
        username: 'admin',
        password: 'password',
      })) as LoginAnswer;
      token = access_token;
    }, 30_000);

    beforeEach(async () => {
      client = await FrameSocket.live(server, token);
      await client.next('live');
    });

    afterEach(() => client.socket.terminate());

    afterAll(async () => {
      await server.kill();
      rmSync(folder, { recursive: true });
    });

    function step(ms: number): void {
      aheadMs += ms;
      writeFileSync(clock, `${aheadMs < 0 ? '-' : '+'}${Math.abs(aheadMs) / 1000}\n`);
    }

    /** The server's wall-clock time in `ms` milliseconds, as an ISO instant. */
    const inMs = (ms: number): string => new Date(Date.now() + aheadMs + ms).toISOString();

    async function ask(method: string, path: string, body: object): Promise<unknown> {
      const headers = { 'Content-Type': 'application/json', ...(token !== '' && { Authorization: `Bearer ${token}` }) };
      const response = await fetch(`http://${server.host}${path}`, { method, headers, body: JSON.stringify(body) });
      expect([path, response.ok]).toEqual([path, true]);
      return response.json();
    }

    const send = (options: object): Promise<unknown> =>
      ask('POST', '/api/notifications/send', { ...DRAFT, ...options });

    test.each([75_000, -75_000])('keeps a WebSocket that answers pings open (%i ms)', async (ms) => {
      client.send({ event: 'heartbeat' });
      await client.next('heartbeat_ack');
      step(ms);
      // The server checks its connections before each ping.
      for (let pings = 0; pings < 2; pings++) await Promise.race([once(client.socket, 'ping'), closed()]);
    });

    test.each([75_000, -75_000])('keeps an event stream open (%i ms)', async (ms) => {
      const reader = await EventReader.open(server, token);
      await reader.next('welcome');
      await reader.next('live');
      const notification = reader.next('notification');
      const { length } = reader.text;
      step(ms);
      // The first heartbeat may be from before the step. The server checks its streams before the second.
      while (reader.text.slice(length).split(': heartbeat').length <= 2)
        await Promise.race([notification, setTimeout(100)]);
      const { id } = (await send({})) as Notification;
      expect((await notification).data.id).toBe(id);
      reader.close();
    });

    test('handles due sends, expiries and snoozes within seconds after the step', async () => {
      await send({ expiresAt: inMs(HOUR) });
      await client.next('notification');
      const { id } = (await send({})) as Notification;
      await client.next('notification');
      await ask('PATCH', `/api/notifications/${id}`, { snoozedUntil: inMs(HOUR) });
      await client.next('state');
      await send({ title: 'scheduled', deliverAt: inMs(HOUR) });
      step(HOUR);
      const events: string[] = [];
      for (let n = 0; n < 3; n++) events.push((await client.nextOf('notification', 'retract', 'state')).event);
      expect(events.sort()).toEqual(['notification', 'retract', 'state']);
    });

    test('sends a scheduled notification at its instant after the clock is set back', async () => {
      await send({ deliverAt: inMs(MINUTE) });
      step(-HOUR);
      await send({ title: 'soon', deliverAt: inMs(500) });
      expect((await client.next('notification')).data.title).toBe('soon');
    });

    test('closes a WebSocket whose token the step expires', async () => {
      step(DAY_SECONDS * 1000);
      expect(await client.closed).toEqual({ code: 4401, reason: 'the token has expired' });
    });

    const closed = async (): Promise<never> => {
      throw new Error(`closed with ${JSON.stringify(await client.closed)}`);
    };
  },
);
