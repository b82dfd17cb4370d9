import type { LoginAnswer } from '@herald/protocol';
import { FrameSocket } from './frame-socket.js';
import { DRAFT, useFreshServer } from './running-server.js';

const EMPTY = { high: [0, null], medium: [0, null], low: [0, null] };

describe('the channels of a connection', () => {
  const server = useFreshServer();
  let admin: string;
  let bob: string;

  beforeEach(async () => {
    admin = await server.signIn();
    await server.createUser('bob', ['ops']);
    bob = await server.signIn('bob');
  });

  const topic = (method: 'PUT' | 'DELETE', name: string) => server.request(method, `/api/auth/me/topics/${name}`, bob);
  const sendTo = (...audience: string[]) => server.send(admin, { audience });

  test('are those of its user', async () => {
    await topic('PUT', 'builds');
    const client = await FrameSocket.open(server, bob);
    client.send({ event: 'hello' });
    expect(Object.keys((await client.next('welcome')).data.heads)).toEqual([
      'everyone',
      'user:bob',
      'role:ops',
      'topic:builds',
    ]);
    await client.next('live');
    for (const channel of ['user:admin', 'role:admin', 'topic:other']) await sendTo(channel);
    for (const channel of ['everyone', 'user:bob', 'role:ops', 'topic:builds']) {
      const { id } = await sendTo(channel);
      expect((await client.next('notification')).data).toMatchObject({ id, channel, offset: 1, audience: [channel] });
    }
  });

  test('bring a notification for several of them once in each, with one id', async () => {
    const client = await FrameSocket.live(server, bob);
    await client.next('live');
    const { id } = await sendTo('everyone', 'user:bob', 'role:ops', 'role:other');
    const frames = [
      await client.next('notification'),
      await client.next('notification'),
      await client.next('notification'),
    ];
    expect(frames.map(({ data }) => data.channel)).toEqual(['everyone', 'user:bob', 'role:ops']);
    expect(new Set(frames.map(({ data }) => data.id))).toEqual(new Set([id]));
  });

  test('follow a subscription at once, for herald.v1 and for plain clients', async () => {
    const [client, plain] = [await FrameSocket.live(server, bob), await FrameSocket.plain(server, bob)];
    await plain.next('welcome');
    await client.next('live');
    await plain.next('live');
    await topic('PUT', 'builds');
    for (const end of [client, plain]) {
      expect((await end.next('channels')).data).toEqual({ joined: { 'topic:builds': EMPTY }, left: [] });
    }
    const { id } = await sendTo('topic:builds');
    for (const end of [client, plain]) expect((await end.next('notification')).data.id).toBe(id);
    await topic('DELETE', 'builds');
    for (const end of [client, plain]) {
      expect((await end.next('channels')).data).toEqual({ joined: {}, left: ['topic:builds'] });
    }
    await sendTo('topic:builds');
    const last = await sendTo('everyone');
    for (const end of [client, plain]) expect((await end.next('notification')).data.id).toBe(last.id);
  });

  test('follow a change of roles by an administrator, from the head of the joined channel', async () => {
    const client = await FrameSocket.live(server, bob);
    await client.next('live');
    const before = await sendTo('role:oncall');
    await server.request('PATCH', '/api/users/bob', admin, { roles: ['oncall'] });
    expect((await client.next('channels')).data).toEqual({
      joined: { 'role:oncall': { ...EMPTY, high: [1, before.id] } },
      left: ['role:ops'],
    });
    const after = await sendTo('role:oncall');
    expect((await client.next('notification')).data).toMatchObject({ id: after.id, offset: 2 });
  });

  test("end up equal to the user's, however many changes are made at once", async () => {
    const client = await FrameSocket.live(server, bob);
    await client.next('live');
    const names = ['a', 'b', 'c', 'd', 'e'];
    await Promise.all(names.map((name) => topic('PUT', name)));
    await Promise.all(names.slice(1).flatMap((name) => [topic('DELETE', name)]));
    for (const name of names) await sendTo(`topic:${name}`);
    const last = await sendTo('everyone');
    const joined = new Set<string>();
    for (;;) {
      const frame = await client.nextOf('channels', 'notification');
      if (frame.event === 'channels') {
        for (const name of Object.keys(frame.data.joined)) joined.add(name);
        for (const name of frame.data.left) joined.delete(name);
      } else if (frame.data.id === last.id) break;
      else expect(frame.data.channel).toBe('topic:a');
    }
    expect([...joined]).toEqual(['topic:a']);
  });

  test('end with the account: its connections are closed with 4401 and cannot return', async () => {
    const [client, plain, silent] = [
      await FrameSocket.live(server, bob),
      await FrameSocket.plain(server, bob),
      await FrameSocket.open(server, bob),
    ];
    const stranger = await FrameSocket.live(server, admin);
    await server.request('DELETE', '/api/users/bob', admin);
    for (const end of [client, plain, silent]) {
      expect(await end.closed).toEqual({ code: 4401, reason: 'The account of this token no longer exists' });
    }
    expect((await server.post('/api/notifications/send', { ...DRAFT, audience: ['user:admin'] }, bob)).status).toBe(
      401,
    );
    await expect(FrameSocket.open(server, bob)).rejects.toThrow('401');
    await stranger.next('live');
    await sendTo('everyone');
    await stranger.next('notification');
  });

  test('end with 4401 after a change of password; a new sign-in keeps its connection', async () => {
    const [client, plain, silent] = [
      await FrameSocket.live(server, bob),
      await FrameSocket.plain(server, bob),
      await FrameSocket.open(server, bob),
    ];
    const stream = await fetch(`http://${server.host}/api/notifications/stream`, {
      headers: { Authorization: `Bearer ${bob}` },
    });
    await server.request('PATCH', '/api/users/bob', admin, { password: 'another horse' });
    for (const end of [client, plain, silent]) {
      expect(await end.closed).toEqual({
        code: 4401,
        reason: 'All earlier tokens of this account were revoked; sign in again',
      });
    }
    expect(await stream.text()).toMatch(/event: bye\ndata: {"code":4401,/);
    const { body } = await server.post('/api/auth/login', { username: 'bob', password: 'another horse' });
    const back = await FrameSocket.live(server, (body as LoginAnswer).access_token);
    await back.next('live');
    await server.request('PATCH', '/api/users/bob', admin, { roles: ['oncall'] });
    await back.next('channels');
  });
});
