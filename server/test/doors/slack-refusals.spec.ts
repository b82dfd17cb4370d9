import { jest } from '@jest/globals';
import { newAppKey } from '../../src/auth/app-key.js';
import { type Answer, useServer } from '../running-server.js';

const FORM = 'application/x-www-form-urlencoded';

describe('the Slack door', () => {
  const server = useServer();
  let admin: string;
  let key: string;

  beforeAll(async () => {
    admin = await server.signIn();
    ({ key } = await server.createApp(admin, { name: 'ci', audience: ['everyone'] }));
    await push({ text: 'm' });
  });

  function push(body: unknown, path = `/slack/${key}`, type = 'application/json'): Promise<Answer> {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return server.fetch(path, { method: 'POST', headers: { 'Content-Type': type }, body: text });
  }

  test.each<[string, unknown, string | undefined, number, string]>([
    ['no text', {}, undefined, 400, 'no_text'],
    ['an invisible text', { text: '\u200b ' }, undefined, 400, 'no_text'],
    ['nothing but a name', { username: 'CI' }, undefined, 400, 'no_text'],
    ['broken JSON', '{"text":', undefined, 400, 'invalid_payload'],
    ['a list', '[]', undefined, 400, 'invalid_payload'],
    ['an empty body', '', undefined, 400, 'invalid_payload'],
    ['a form without a payload', 'text=m', FORM, 400, 'invalid_payload'],
    ['a form with a broken payload', 'payload=m', FORM, 400, 'invalid_payload'],
    ['a broken form', 'x', 'multipart/form-data; boundary=y', 400, 'invalid_payload'],
    ['a nested body', `{"text":"m","blocks":${'['.repeat(40)}${']'.repeat(40)}}`, undefined, 400, 'invalid_payload'],
    ['a body of 65 KB', { text: 'm'.repeat(66_000) }, undefined, 413, 'invalid_payload'],
  ])('refuses %s', async (_, body, type, status, word) => {
    const before = await server.newest(admin);
    const answer = await push(body, `/slack/${key}`, type);
    expect([answer.status, answer.body]).toEqual([status, word]);
    expect((await server.newest(admin)).id).toBe(before.id);
  });

  test.each(['/slack/', '/hooks/', '/services/T00/B00/'])('refuses keys that are not valid at %s', async (path) => {
    const revoked = await server.createApp(admin, {
      name: `revoked ${path}`.replaceAll(/\W/g, '.'),
      audience: ['everyone'],
    });
    await server.request('DELETE', `/api/apps/${revoked.id}`, admin);
    const before = await server.newest(admin);
    for (const wrong of [newAppKey(), 'x', admin.slice(0, 90), revoked.key]) {
      // The body is not read.
      const answer = await push('{', path + wrong);
      expect([answer.status, answer.body]).toEqual([403, 'invalid_token']);
    }
    expect((await server.newest(admin)).id).toBe(before.id);
  });

  test('refuses a key that has expired', async () => {
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    const { key: expiring } = await server.createApp(admin, { name: 'short', audience: ['everyone'], expiresAt });
    expect((await push({ text: 'in time' }, `/slack/${expiring}`)).body).toBe('ok');
    const now = jest.spyOn(Date, 'now').mockReturnValue(Date.parse(expiresAt));
    const { status, body } = await push({ text: 'late' }, `/slack/${expiring}`);
    now.mockRestore();
    expect([status, body]).toEqual([403, 'invalid_token']);
    expect((await server.newest(admin)).title).toBe('in time');
  });

  test('refuses a key that reads, and one whose owner has lost the right', async () => {
    await server.createUser('eve');
    const eve = await server.signIn('eve');
    await server.request('PUT', '/api/auth/me/topics/builds', eve);
    const reader = await server.createApp(eve, { name: 'reader', scope: 'read' });
    const lost = await server.createApp(eve, { name: 'lost', audience: ['topic:builds'] });
    await server.request('DELETE', '/api/auth/me/topics/builds', eve);
    for (const one of [reader, lost]) {
      const { status, body } = await push({ text: 'm' }, `/slack/${one.key}`);
      expect([status, body]).toEqual([403, 'action_prohibited']);
    }
  });

  test('refuses a body of 10 MB', async () => {
    const before = await server.newest(admin);
    const sent = push({ text: 'm'.repeat(10_000_000) });
    expect(await sent).toMatchObject({ status: 413, body: 'invalid_payload' });
    expect((await server.newest(admin)).id).toBe(before.id);
  });
});

describe('the Slack door of a server', () => {
  const closed = useServer({ SLACK_DOOR: 'closed' });
  const below = useServer({ BASE_PATH: '/herald', TOKEN_IN_QUERY: 'refused' });

  test('does not exist if it is closed, and its refusal does not repeat the key', async () => {
    for (const path of ['/slack/', '/hooks/', '/services/T/B/']) {
      const { body } = await closed.post(path + newAppKey(), { text: 'm' });
      expect(body).toMatchObject({ code: 'unknown_path', message: 'There is nothing at this path' });
    }
  });

  test('is below the base path, also if the query takes no key', async () => {
    const { key } = await below.createApp(await below.signIn(), { name: 'x', audience: ['everyone'] });
    for (const path of ['/herald/slack/', '/herald/hooks/', '/herald/services/T/B/', '/slack/']) {
      expect((await below.post(path + key, { text: 'm' })).body).toBe('ok');
    }
  });
});
