import { DEFAULT_PREFERENCES, type ScheduledPage } from '@herald/protocol';
import { WebSocket } from 'ws';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { InboxRepository } from '../src/repository/inbox-repository.js';
import { PreferencesRepository } from '../src/repository/preferences-repository.js';
import { ReceiptRepository } from '../src/repository/receipt-repository.js';
import { EventReader } from './event-reader.js';
import { FrameSocket } from './frame-socket.js';
import { DRAFT, useFreshServer, USER_PASSWORD } from './running-server.js';

const HOUR = 3_600_000;

describe('a removed account', () => {
  const server = useFreshServer();
  let admin: string;
  let ada: string;

  beforeEach(async () => {
    admin = await server.signIn();
    for (const name of ['ada', 'bob']) await server.createUser(name);
    ada = await server.signIn('ada');
  });

  async function remove(): Promise<void> {
    expect((await server.request('DELETE', '/api/users/ada', admin)).status).toBe(204);
  }

  test('loses its connections at once: herald.v1 before and after hello, plain clients, and event streams', async () => {
    const sockets = [
      await FrameSocket.live(server, ada),
      await FrameSocket.open(server, ada),
      await FrameSocket.plain(server, ada),
    ];
    const stream = await EventReader.open(server, ada);
    await stream.next('welcome');
    await stream.next('live');
    await remove();
    for (const { closed } of sockets)
      expect(await closed).toEqual({ code: 4401, reason: 'The account of this token no longer exists' });
    expect((await stream.next('bye')).data).toMatchObject({ code: 4401 });
    await stream.closed;
  });

  test('is refused with its tokens, old and new, and with its password', async () => {
    const other = await server.signIn('ada');
    await server.get('/api/auth/me', ada);
    await remove();
    for (const token of [ada, other]) {
      for (const path of [
        '/api/auth/me',
        '/api/notifications',
        '/api/notifications/sent',
        '/api/notifications/stream',
        '/api/preferences',
        '/api/recipients',
      ]) {
        expect([path, (await server.get(path, token)).status]).toEqual([path, 401]);
      }
      expect((await server.request('POST', '/api/auth/refresh', token)).status).toBe(401);
      expect((await server.post('/api/notifications/send', { ...DRAFT, audience: ['user:bob'] }, token)).status).toBe(
        401,
      );
      const upgrade = new WebSocket(`ws://${server.host}/ws`, ['herald.v1', `bearer.${token}`]);
      upgrade.on('error', () => undefined);
      const [, response] = (await once(upgrade, 'unexpected-response')) as [unknown, IncomingMessage];
      expect(response.statusCode).toBe(401);
    }
    expect((await server.post('/api/auth/login', { username: 'ada', password: USER_PASSWORD })).status).toBe(401);
  });

  test('leaves no state, preferences, scheduled notifications or receipts behind', async () => {
    const { id } = await server.send(admin);
    await server.request('PATCH', `/api/notifications/${id}`, ada, {
      archived: true,
      snoozedUntil: new Date(Date.now() + HOUR).toISOString(),
    });
    await server.request('PUT', '/api/preferences', ada, { ...DEFAULT_PREFERENCES, sound: true });
    const deliverAt = new Date(Date.now() + HOUR).toISOString();
    expect(
      (await server.post('/api/notifications/send', { ...DRAFT, audience: ['user:bob'], deliverAt }, ada)).status,
    ).toBe(202);
    const [inbox, preferences, receipts] = [
      server.app.get(InboxRepository),
      server.app.get(PreferencesRepository),
      server.app.get(ReceiptRepository),
    ];
    const left = async (): Promise<unknown[]> => [
      (await inbox.marksOf(id)).length,
      (await inbox.nextSnoozeEnd('')) !== undefined,
      (await preferences.find('ada')) !== undefined,
      (await receipts.receiversOf(id)).includes('ada'),
      ((await server.get('/api/notifications/scheduled', admin)).body as ScheduledPage).items.length,
    ];
    expect(await left()).toEqual([1, true, true, true, 1]);
    await remove();
    expect(await left()).toEqual([0, false, false, false, 0]);
  });

  test('leaves its sent notifications with their recipients', async () => {
    const sent = await server.send(ada, { audience: ['user:bob'], requiresAck: true });
    const bob = await server.signIn('bob');
    await remove();
    expect((await server.get(`/api/notifications/${sent.id}`, bob)).body).toMatchObject({ id: sent.id, sender: 'ada' });
    expect((await server.post(`/api/notifications/${sent.id}/acknowledge`, undefined, bob)).status).toBe(200);
    expect((await server.get(`/api/notifications/${sent.id}/receipts`, admin)).body).toMatchObject({
      recipients: 1,
      acknowledged: 1,
    });
    expect((await server.request('DELETE', `/api/notifications/${sent.id}`, admin)).status).toBe(204);
  });

  test('is no longer counted or named among the recipients of a notification', async () => {
    const { id } = await server.send(admin);
    const receipts = async (): Promise<unknown> => (await server.get(`/api/notifications/${id}/receipts`, admin)).body;
    await server.get('/api/notifications', ada);
    expect(await receipts()).toMatchObject({
      recipients: 3,
      delivered: 1,
      people: [{ username: 'ada', delivered: true }, { username: 'admin' }, { username: 'bob' }],
    });
    await remove();
    expect(await receipts()).toMatchObject({
      recipients: 2,
      delivered: 0,
      people: [{ username: 'admin' }, { username: 'bob' }],
    });
  });
});
