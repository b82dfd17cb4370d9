import { type Recipients, RECIPIENTS_MAX } from '@herald/protocol';
import { useServer } from './running-server.js';

describe('possible recipients', () => {
  const server = useServer();
  let admin: string;
  let bob: string;

  beforeAll(async () => {
    admin = await server.signIn();
    await server.createUser('Bobby');
    await server.createUser('ada', ['oncall', 'ops']);
    await server.createUser('bob', ['ops']);
    bob = await server.signIn('bob');
    const topics: [string, string][] = [
      [admin, 'deploys'],
      [bob, 'builds'],
      [bob, 'deploys'],
    ];
    for (const [token, topic] of topics) await server.request('PUT', `/api/auth/me/topics/${topic}`, token);
  });

  async function recipients(token: string, query = ''): Promise<Recipients> {
    const { status, body } = await server.get(`/api/recipients${query}`, token);
    expect(status).toBe(200);
    return body as Recipients;
  }

  test('are each user, role and topic once, by name, for an administrator', async () => {
    expect(await recipients(admin)).toEqual({
      everyone: true,
      users: ['Bobby', 'ada', 'admin', 'bob'],
      roles: ['admin', 'oncall', 'ops'],
      topics: ['builds', 'deploys'],
    });
  });

  test("are only the user's own topics for everyone else, without revealing other accounts", async () => {
    expect(await recipients(bob)).toEqual({ everyone: false, users: [], roles: [], topics: ['builds', 'deploys'] });
    expect(await recipients(bob, '?q=ada')).toEqual({ everyone: false, users: [], roles: [], topics: [] });
  });

  test('are searched by a part of the name, ignoring case, with prefix matches first', async () => {
    const { users, roles } = await recipients(admin, '?q=B');
    expect([users, roles]).toEqual([['Bobby', 'bob'], []]);
    expect((await recipients(admin, '?q=L')).roles).toEqual(['oncall']);
    expect((await recipients(admin, '?q=d')).users).toEqual(['ada', 'admin']);
  });

  test('are limited in number', async () => {
    for (let n = 0; n <= RECIPIENTS_MAX; n++) await server.request('PUT', `/api/auth/me/topics/t${n}`, bob);
    expect((await recipients(bob, '?q=t')).topics).toHaveLength(RECIPIENTS_MAX);
  });

  test('are all accepted as an audience', async () => {
    for (const token of [admin, bob]) {
      const { everyone, users, roles, topics } = await recipients(token, '?q=o');
      const audience = [
        ...(everyone ? ['everyone'] : []),
        ...users.map((n) => `user:${n}`),
        ...roles.map((n) => `role:${n}`),
        ...topics.map((n) => `topic:${n}`),
      ];
      await server.send(token, { audience });
    }
  });

  test('need a token, and a bad query is refused with the reason', async () => {
    expect((await server.get('/api/recipients')).status).toBe(401);
    const { status, body } = await server.get(`/api/recipients?q=${'x'.repeat(65)}`, admin);
    expect([status, body]).toEqual([
      400,
      expect.objectContaining({
        details: [expect.objectContaining({ field: 'q', code: 'too_long', params: { max: 64 } })],
      }),
    ]);
  });
});
