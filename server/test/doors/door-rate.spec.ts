import { useServer } from '../running-server.js';

/** Requests that the burst of an app still covers once a batch has taken the rest of it. */
const LEFT = 50;
const BATCH = Array.from({ length: 1000 - LEFT }, () => ({ message: 'm' }));

describe('the rate of requests at a door', () => {
  const server = useServer({ SENDS_PER_SECOND_PER_USER: '1' });
  let admin: string;

  beforeAll(async () => {
    admin = await server.signIn();
  });

  /** The key of a new app, whose burst is nearly used up. */
  async function tiredKey(name: string, fields: object): Promise<string> {
    const { key } = await server.createApp(admin, { name, audience: ['everyone'], ...fields });
    expect((await server.post('/api/notifications/send', BATCH, key)).status).toBe(201);
    return key;
  }

  /** The statuses of requests until one is refused for the rate. */
  async function statusesOf(path: string, body: string, key?: string): Promise<number[]> {
    const statuses: number[] = [];
    while (statuses.length < 3 * LEFT && statuses.at(-1) !== 429)
      statuses.push((await server.post(path, body, key)).status);
    return statuses;
  }

  test.each<[string, string, string, number]>([
    ['webhooks that become a notification', '/uptime-kuma', '{"msg":"m"}', 200],
    ['webhooks that become none', '/github', '{}', 200],
    ['webhooks with broken JSON', '/alertmanager', '{', 400],
    ['webhooks of an unknown template', '/jira', '{}', 404],
    ['webhooks without the secret of the app', '/gitlab', '{}', 401],
    ['messages of Slack', '', '{"text":"m"}', 200],
    ['broken payloads of Slack', '', '{', 400],
  ])('counts %s once', async (words, template, body, status) => {
    const secret = status === 401 ? { secret: 'a long secret' } : {};
    const key = await tiredKey(words.replaceAll(' ', '-'), secret);
    const statuses = await statusesOf(`/hooks/${key}${template}`, body);
    expect([...new Set(statuses)]).toEqual([status, 429]);
    // The burst grows by one a second while the test runs.
    expect(statuses.length).toBeGreaterThan(LEFT);
    expect(statuses.length).toBeLessThan(LEFT + 20);
  });

  test.each<[string, string, string, number]>([
    ['messages of Gotify', '/message', '{"message":"m"}', 200],
    ['broken messages of Gotify', '/message', '{', 400],
    ['messages of ntfy', '/rated', 'm', 200],
    ['broken messages of ntfy', '/', '{', 400],
  ])('counts %s once', async (words, path, body, status) => {
    await server.request('PUT', '/api/auth/me/topics/rated', admin);
    const key = await tiredKey(words.replaceAll(' ', '-'), { audience: ['topic:rated'] });
    const statuses = await statusesOf(path, body, key);
    expect([...new Set(statuses)]).toEqual([status, 429]);
    expect(statuses.length).toBeGreaterThan(LEFT);
    expect(statuses.length).toBeLessThan(LEFT + 20);
  });

  test('counts a webhook for each 64 KiB', async () => {
    const key = await tiredKey('large', {});
    expect(await statusesOf(`/hooks/${key}/github`, '{}'.padEnd(1_000_000))).toEqual([200, 200, 200, 429]);
  });
});
