import type { Notification, SentPage } from '@herald/protocol';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DRAFT, useFreshServer } from './running-server.js';

const folder = mkdtempSync(join(tmpdir(), 'herald-removed-'));

afterAll(() => rmSync(folder, { recursive: true }));

describe.each(['memory:', `sqlite:${join(folder, 'herald.db')}`])('what a removed app has sent, in %s', (url) => {
  const server = useFreshServer({ DATABASE_URL: url });

  async function sentBy(person: string): Promise<object[]> {
    return ((await server.get('/api/notifications/sent', person)).body as SentPage).items;
  }

  const statusesFor = async (person: string, id: string): Promise<number[]> => [
    (await server.get(`/api/notifications/${id}/receipts`, person)).status,
    (await server.request('DELETE', `/api/notifications/${id}`, person)).status,
  ];

  test('is listed, followed and retracted by its owner, and by no other user', async () => {
    const admin = await server.signIn();
    for (const name of ['ada', 'bob']) await server.createUser(name);
    const [ada, bob] = [await server.signIn('ada'), await server.signIn('bob')];
    const { id: app, key } = await server.createApp(ada, { name: 'leaked', audience: ['user:ada'] });
    const { id } = (await server.post('/api/notifications/send', DRAFT, key)).body as Notification;
    expect((await server.request('DELETE', `/api/apps/${app}`, ada)).status).toBe(204);
    expect([await sentBy(bob), await statusesFor(bob, id)]).toEqual([[], [404, 404]]);
    expect([await sentBy(admin), await sentBy(ada)]).toMatchObject([[], [{ id, sender: 'leaked' }]]);
    expect(await statusesFor(ada, id)).toEqual([200, 204]);
    expect(await sentBy(ada)).toEqual([]);
  });

  test('is listed for an administrator who owned it', async () => {
    const admin = await server.signIn();
    const { id: app, key } = await server.createApp(admin, { name: 'backup', audience: ['everyone'] });
    const { id } = (await server.post('/api/notifications/send', DRAFT, key)).body as Notification;
    expect((await server.request('DELETE', `/api/apps/${app}`, admin)).status).toBe(204);
    expect(await sentBy(admin)).toMatchObject([{ id, sender: 'backup' }]);
  });
});
