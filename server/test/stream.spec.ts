import { NAME_MAX, PRIORITIES, type Priority, ROLES_MAX, TOPIC_MAX, TOPICS_MAX } from '@herald/protocol';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setImmediate } from 'node:timers/promises';
import { type NewEntry, NotificationRepository } from '../src/repository/notification-repository.js';
import { UserRepository } from '../src/repository/user-repository.js';
import { CURL, CURL_MISSING } from './curl.js';
import { EventReader, type ReadEvent } from './event-reader.js';
import { FrameSocket } from './frame-socket.js';
import { hasNginx, inFrontOf, NGINX_MISSING } from './nginx.js';
import { DRAFT, RunningServer, useServer } from './running-server.js';
import { IN_AN_HOUR, tokenOf } from './token-by-hand.js';

const tokenAt = (server: RunningServer): string => tokenOf(server, { sub: 'admin', exp: IN_AN_HOUR });

describe('the event stream', () => {
  const server = useServer();
  let token: string;

  beforeAll(() => {
    token = tokenAt(server);
  });

  /** A stream that has caught up, and its last event. */
  async function live(at = server): Promise<{ reader: EventReader; last: ReadEvent }> {
    const reader = await EventReader.open(at, tokenAt(at));
    await reader.next('welcome');
    return { reader, last: await reader.next('live') };
  }

  test('begins with a welcome, and then brings each entry as stored', async () => {
    await server.send(token);
    const reader = await EventReader.open(server, token);
    expect(reader.response.headers).toMatchObject({ 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    const { data } = await reader.next('welcome');
    expect(data).toMatchObject({
      user: { username: 'admin' },
      resumed: false,
      heads: { everyone: { high: [expect.any(Number), expect.any(String)] } },
    });
    await reader.next('live');
    const sent = await server.send(token, { title: 'Zeile\nzwei €' });
    expect((await reader.next('notification')).data).toEqual({
      ...sent,
      channel: 'everyone',
      offset: Number(data.heads.everyone.high[0]) + 1,
    });
    expect(Number(/^retry: (\d+)$/m.exec(reader.text)?.[1])).toBeGreaterThanOrEqual(500);
    reader.close();
  });

  test('answers HEAD with the headers at once, and opens no stream', async () => {
    const capped = await RunningServer.start({ MAX_CONNECTIONS: '1' });
    for (let n = 0; n < 2; n++) {
      const { status, headers, body } = await capped.request('HEAD', '/api/notifications/stream', tokenAt(capped));
      expect([
        status,
        headers.get('content-type'),
        headers.get('cache-control'),
        headers.get('content-length'),
        body,
      ]).toEqual([200, 'text/event-stream', 'no-store', null, '']);
    }
    expect((await fetch(`http://${capped.host}/api/notifications/stream`, { method: 'HEAD' })).status).toBe(401);
    (await EventReader.open(capped, tokenAt(capped))).close();
    await capped.close();
  });

  test.each([
    ['30000', 75_000],
    ['1000', 60_000],
    ['3600000', 9_000_000],
  ])('with a heartbeat of %s ms is closed when it does not drain for %d ms', async (HEARTBEAT_MS, expected) => {
    const slow = await RunningServer.start({ HEARTBEAT_MS });
    const accepted = once(slow.http, 'connection') as Promise<[Socket]>;
    const reader = await EventReader.open(slow, tokenAt(slow));
    const [socket] = await accepted;
    expect(socket.timeout).toBe(expected);
    reader.close();
    await slow.close();
  });

  test('resumes behind any event without loss or repetition, whatever the order of lanes', async () => {
    const { reader } = await live();
    const priorities = ['low', 'high', 'medium'] as const;
    for (let n = 0; n < 12; n++) await server.send(token, { title: String(n), priority: priorities[n % 3] });
    const events: ReadEvent[] = [];
    for (let n = 0; n < 12; n++) events.push(await reader.next('notification'));
    reader.close();
    for (const [seen, { id }] of events.entries()) {
      const resumed = await EventReader.open(server, token, id);
      expect((await resumed.next('welcome')).data).toMatchObject({ resumed: true });
      const missed = events.slice(seen + 1).map(({ data }) => data.id);
      const received = [];
      for (let n = 0; n < missed.length; n++) received.push((await resumed.next('notification')).data.id);
      expect([...received].sort()).toEqual([...missed].sort());
      await resumed.next('live');
      resumed.close();
    }
  });

  test('can be resumed by the query, which counts less than the header', async () => {
    const { reader, last } = await live();
    reader.close();
    const { id } = await server.send(token);
    const path = `/api/notifications/stream?lastEventId=${encodeURIComponent(last.id!)}`;
    const byQuery = await EventReader.open(server, token, undefined, path);
    await byQuery.next('welcome');
    expect((await byQuery.next('notification')).data.id).toBe(id);
    const { id: newest } = await byQuery.next('live');
    byQuery.close();
    const byHeader = await EventReader.open(server, token, newest, path);
    await byHeader.next('welcome');
    await byHeader.next('live');
    byHeader.close();
  });

  test('begins with new events if the position is empty, in the header or in the query', async () => {
    await server.send(token);
    for (const header of [undefined, '']) {
      const path = '/api/notifications/stream?lastEventId=';
      const reader = await EventReader.open(server, token, header, path);
      expect((await reader.next('welcome')).data.resumed).toBe(false);
      await reader.next('live');
      reader.close();
    }
  });

  test('can be resumed from the welcome of a stream without events, in empty lanes', async () => {
    const first = await EventReader.open(server, token);
    const { id } = await first.next('welcome');
    first.close();
    const sent = await server.send(token);
    const second = await EventReader.open(server, token, id);
    await second.next('welcome');
    expect((await second.next('notification')).data.id).toBe(sent.id);
    second.close();
  });

  test('announces a gap in each lane after a restart, and again if the stream breaks before the gaps', async () => {
    const { reader, last } = await live();
    reader.close();
    const other = await RunningServer.start();
    let id = last.id;
    for (let times = 0; times < 2; times++) {
      const resumed = await EventReader.open(other, tokenAt(other), id);
      const welcome = await resumed.next('welcome');
      expect(welcome.data).toMatchObject({ resumed: false });
      const reason = times === 0 ? 'epoch' : 'truncated';
      const gaps = Object.keys(welcome.data.heads).flatMap((channel) =>
        ['high', 'medium', 'low'].map((lane) => [channel, lane, reason]),
      );
      const told: unknown[] = [];
      for (let n = 0; n < gaps.length; n++) {
        const { data } = await resumed.next('gap');
        told.push([data.channel, data.lane, data.reason]);
      }
      expect(told).toEqual(gaps);
      id = welcome.id;
      resumed.close();
    }
    await other.close();
  });

  describe('of a user with the most channels and the longest names', () => {
    const names = (count: number, length: number): string[] =>
      Array.from({ length: count }, (_, n) => `${'語'.repeat(length - 2)}${n + 10}`);
    const topics = names(TOPICS_MAX, TOPIC_MAX);
    const server = useServer();
    let member: string;

    beforeAll(async () => {
      const username = '名'.repeat(NAME_MAX);
      await server.app
        .get(UserRepository, { strict: false })
        .add({ username, passwordHash: '', roles: names(ROLES_MAX, NAME_MAX), topics });
      member = tokenOf(server, { sub: username, exp: IN_AN_HOUR });
    });

    /** Reads one event in a topic, sends another, and resumes behind the first. */
    async function resumeAt(at: { host: string }): Promise<void> {
      const audience = topics.slice(-2).map((topic) => `topic:${topic}`);
      const reader = await EventReader.open(at, member);
      expect(reader.response.statusCode).toBe(200);
      await reader.next('welcome');
      await reader.next('live');
      const admin = await server.send(tokenAt(server), { audience });
      const first = await reader.next('notification');
      const { id } = await reader.next('notification');
      reader.close();
      expect(first.data.id).toBe(admin.id);
      expect(id!.length).toBeLessThanOrEqual(1000);
      const missed = await server.send(tokenAt(server), { audience: audience.slice(1) });
      const resumed = await EventReader.open(at, member, id);
      expect(resumed.response.statusCode).toBe(200);
      expect((await resumed.next('welcome')).data).toMatchObject({ resumed: true });
      expect((await resumed.next('notification')).data.id).toBe(missed.id);
      await resumed.next('live');
      resumed.close();
    }

    test('resumes with an id of at most a thousand characters', () => resumeAt(server));

    test('is written at most 64 KiB and one event ahead of a client that does not read', async () => {
      const repository = server.app.get(NotificationRepository, { strict: false });
      const entryOf = (priority: Priority): NewEntry => ({
        event: 'notification',
        data: { ...DRAFT, audience: ['everyone'], sender: 'admin', priority },
      });
      // With an entry in each lane, an id has its full length.
      const channels = topics.map((topic) => `topic:${topic}`);
      for (const priority of PRIORITIES) await repository.append(channels, entryOf(priority));
      const accepted = once(server.http, 'connection') as Promise<[Socket]>;
      const reader = await EventReader.open(server, member);
      const [socket] = await accepted;
      await reader.next('welcome');
      await reader.next('live');
      const ids: string[] = [];
      // In portions that the frame log keeps, so that each is ready to be written at once.
      const isFull = (): boolean => socket.writableNeedDrain;
      while (!isFull()) {
        const items = Array.from({ length: 150 }, () => ({ channels: ['everyone'], entry: entryOf('low') }));
        ids.push(...(await repository.appendAll(items)).map(({ entry }) => entry.data.id));
        for (let written = -1; socket.bytesWritten > written && !isFull();) {
          written = socket.bytesWritten;
          await setImmediate();
        }
      }
      let most = 0;
      for (let turns = 0; turns < 100; turns++) {
        most = Math.max(most, socket.writableLength);
        await setImmediate();
      }
      expect(most).toBeGreaterThan(32 * 1024);
      expect(most).toBeLessThan(66 * 1024);
      for (const id of ids) expect((await reader.next('notification')).data.id).toBe(id);
      reader.close();
    }, 20_000);

    (hasNginx ? test : test.skip)(
      `goes on behind an nginx as it comes, which takes 8 KB of headers${NGINX_MISSING}`,
      async () => {
        const nginx = await inFrontOf(server.port);
        await resumeAt(nginx);
        await nginx.stop();
      },
    );
  });

  test.each(['nonsense', 'W10', 'bnVsbA', '%00', 'e30='])(
    'answers an unknown Last-Event-ID, %s, with gaps',
    async (id) => {
      await server.send(token);
      const reader = await EventReader.open(server, token, id);
      await reader.next('welcome');
      expect((await reader.next('gap')).data).toMatchObject({ channel: 'everyone', lane: 'high', reason: 'epoch' });
      reader.close();
    },
  );

  test('buffers a bounded amount for a client that does not read, and loses nothing', async () => {
    const [[socket], { reader }] = await Promise.all([once(server.http, 'connection') as Promise<[Socket]>, live()]);
    const repository = server.app.get(NotificationRepository, { strict: false });
    const facts = {
      ...DRAFT,
      priority: 'low' as const,
      audience: ['everyone'],
      sender: 'admin',
    };
    const message = 'm'.repeat(4000);
    const count = 3000;
    const items = Array.from({ length: count }, () => ({
      channels: ['everyone'],
      entry: { event: 'notification' as const, data: { ...facts, message } },
    }));
    const stored = await repository.appendAll(items);
    // The kernel buffers some megabytes before the server notices that the client does not read.
    while (!socket.writableNeedDrain) await setImmediate();
    let most = 0;
    for (let turns = 0; turns < 100; turns++) {
      most = Math.max(most, socket.writableLength);
      await setImmediate();
    }
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThan(160 * 1024);
    for (const { entry } of stored) expect((await reader.next('notification')).data.id).toBe(entry.data.id);
    reader.close();
  }, 20_000);

  test('follows its user into a topic and out of it', async () => {
    const { reader } = await live();
    const put = (method: string) =>
      server.fetch('/api/auth/me/topics/builds', { method, headers: { Authorization: `Bearer ${token}` } });
    expect((await put('PUT')).status).toBe(200);
    expect(Object.keys((await reader.next('channels')).data.joined)).toEqual(['topic:builds']);
    const sent = await server.send(token, { audience: ['topic:builds'] });
    const { id, data } = await reader.next('notification');
    expect(data.id).toBe(sent.id);
    reader.close();
    const missed = await server.send(token, { audience: ['topic:builds'] });
    const resumed = await EventReader.open(server, token, id);
    await resumed.next('welcome');
    expect((await resumed.next('notification')).data.id).toBe(missed.id);
    await resumed.next('live');
    expect((await put('DELETE')).status).toBe(200);
    expect((await resumed.next('channels')).data.left).toEqual(['topic:builds']);
    resumed.close();
  });

  test('ends with a bye when the server stops', async () => {
    const other = await RunningServer.start();
    const { reader } = await live(other);
    const stopped = other.close();
    expect((await reader.next('bye')).data).toEqual({ code: 4503, reason: 'the server is stopping' });
    await Promise.all([reader.closed, stopped]);
  });

  test('ends with its token, and sends heartbeats until then', async () => {
    const other = await RunningServer.start({ HEARTBEAT_MS: '100' });
    const reader = await EventReader.open(
      other,
      tokenOf(other, { sub: 'admin', exp: Math.floor(Date.now() / 1000) + 3 }),
    );
    await reader.next('welcome');
    await reader.next('live');
    expect((await reader.next('bye')).data).toEqual({ code: 4401, reason: 'the token has expired' });
    expect(reader.text).toContain('\n: heartbeat\n');
    await reader.closed;
    await other.close();
  });

  test('is refused without a token, and counts against the cap of WebSockets', async () => {
    expect((await server.get('/api/notifications/stream')).status).toBe(401);
    const other = await RunningServer.start({ MAX_CONNECTIONS_PER_USER: '2' });
    const client = await FrameSocket.live(other, tokenAt(other));
    const { reader } = await live(other);
    const { status, headers, body } = await other.get('/api/notifications/stream', tokenAt(other));
    expect([status, headers.get('retry-after')]).toEqual([429, '30']);
    expect(body).toMatchObject({ statusCode: 429, error: 'Too Many Requests' });
    client.socket.close();
    await client.closed;
    (await live(other)).reader.close();
    reader.close();
    await other.close();
  });

  (CURL === undefined ? test.skip : test)(`can be watched with curl -N${CURL_MISSING}`, async () => {
    const url = `http://${server.host}/api/notifications/stream`;
    const curl = spawn(CURL!, ['-sN', '--max-time', '10', '-H', `Authorization: Bearer ${token}`, url]);
    const output = text(curl.stdout);
    let isLive = false;
    curl.stdout.on('data', (chunk: Buffer) => {
      if (!isLive && chunk.includes('event: live')) {
        isLive = true;
        void server.send(token, { title: 'Seen by curl' });
      }
      if (chunk.includes('Seen by curl')) curl.kill();
    });
    expect(await output).toMatch(/id: \S+\nevent: notification\ndata: \{.*"title":"Seen by curl".*\}\n\n/);
  });
});
