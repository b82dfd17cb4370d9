import type { Notification, ScheduledNotification, ScheduledPage } from '@herald/protocol';
import { jest } from '@jest/globals';
import { type Answer, DRAFT, useServer } from './running-server.js';

const SEND = '/api/notifications/send';
const SCHEDULED = '/api/notifications/scheduled';
const FULL = {
  ...DRAFT,
  url: 'https://example.com/builds/42',
  actions: [
    { label: 'Open', url: 'https://example.com/' },
    { label: 'Approve', event: 'approve' },
  ],
  tags: ['rocket'],
  markdown: true as const,
  key: 'deploy/42',
  requiresAck: true as const,
};

describe('sending', () => {
  const server = useServer();
  let admin: string;
  let bob: string;

  beforeAll(async () => {
    admin = await server.signIn();
    await server.createUser('bob');
    bob = await server.signIn('bob');
  });
  const inHours = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();
  const inboxOf = async (token: string): Promise<Notification[]> =>
    ((await server.get('/api/notifications', token)).body as { items: Notification[] }).items;

  function sendNamed(key: string, body: unknown, token = admin): Promise<Answer> {
    const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${token}`, 'Idempotency-Key': key };
    return server.fetch(SEND, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  test('delivers a notification with all fields to every inbox', async () => {
    const expiresAt = inHours(1);
    const sent = await server.send(admin, { ...FULL, expiresAt });
    expect(sent).toMatchObject({ ...FULL, expiresAt });
    expect((await inboxOf(bob))[0]).toMatchObject({ ...FULL, expiresAt, id: sent.id, read: false });
  });

  test('with the key of an earlier notification replaces it, unread even if that was read', async () => {
    const first = await server.send(admin, { key: 'backup' });
    await server.request('PATCH', `/api/notifications/${first.id}`, bob, { read: true });
    const { counts } = (await server.get('/api/notifications', bob)).body as {
      counts: { unread: number; inbox: number };
    };
    const second = await server.send(admin, { key: 'backup' });
    expect(second.replaces).toBe(first.id);
    const after = (await server.get('/api/notifications', bob)).body as {
      items: (Notification & { read: boolean })[];
      counts: unknown;
    };
    expect(after.items.filter(({ key }) => key === 'backup')).toMatchObject([{ id: second.id, read: false }]);
    expect(after.counts).toMatchObject({ inbox: counts.inbox, unread: counts.unread + 1 });
    expect((await server.get(`/api/notifications/${first.id}`, bob)).status).toBe(404);
  });

  test('with an Idempotency-Key stores once and repeats the first answer, even for two requests at once', async () => {
    const draft = { ...DRAFT, title: 'Once' };
    const answers = await Promise.all([sendNamed('once', draft), sendNamed('once', draft)]);
    answers.push(await sendNamed('once', draft));
    for (const { status, body } of answers) expect([status, body]).toEqual([201, answers[0].body]);
    expect((await inboxOf(bob)).filter(({ title }) => title === 'Once')).toHaveLength(1);
    const many = await sendNamed('many', [draft, draft]);
    expect((await sendNamed('many', [draft, draft])).body).toEqual(many.body);
  });

  test("repeats the first answer even after the request's times have passed", async () => {
    const delayed = { ...DRAFT, deliverAt: inHours(1) };
    const expiring = { ...DRAFT, expiresAt: inHours(1) };
    const firsts = [await sendNamed('scheduled', delayed), await sendNamed('expiring', expiring)];
    const later = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 2 * 3_600_000);
    try {
      const repeated = [await sendNamed('scheduled', delayed), await sendNamed('expiring', expiring)];
      expect(repeated.map(({ status, body }) => [status, body])).toEqual(
        firsts.map(({ status, body }) => [status, body]),
      );
      expect(repeated.map(({ status }) => status)).toEqual([202, 201]);
      expect((await sendNamed('new', expiring)).status).toBe(400);
    } finally {
      later.mockRestore();
      for (const { body } of firsts.slice(0, 1))
        await server.request('DELETE', `${SCHEDULED}/${(body as ScheduledNotification).id}`, admin);
    }
  });

  test('refuses an Idempotency-Key of another request, and one that is empty or too long', async () => {
    await sendNamed('taken', DRAFT);
    const { status, body } = await sendNamed('taken', { ...DRAFT, title: 'Other' });
    expect([status, body]).toEqual([
      409,
      {
        statusCode: 409,
        error: 'Conflict',
        code: 'idempotency_conflict',
        message: 'This Idempotency-Key was used for another request',
      },
    ]);
    expect((await sendNamed('taken', { ...DRAFT, audience: ['user:admin'] }, bob)).status).toBe(201);
    const field = 'Idempotency-Key';
    const faults = [
      ['', { field, code: 'blank' }],
      ['x'.repeat(101), { field, code: 'too_long', params: { max: 100 } }],
    ] as const;
    for (const [key, fault] of faults)
      expect((await sendNamed(key, DRAFT)).body).toMatchObject({ statusCode: 400, details: [fault] });
  });

  test('accepts the Idempotency-Key of a refused request again', async () => {
    expect((await sendNamed('again', DRAFT, bob)).status).toBe(403);
    expect((await sendNamed('again', { ...DRAFT, audience: ['user:admin'] }, bob)).status).toBe(201);
  });

  test('a notification for later gets 202, is listed to its sender, and can be cancelled', async () => {
    const deliverAt = inHours(1);
    const { status, body } = await server.post(SEND, { ...DRAFT, audience: ['user:admin'], deliverAt }, bob);
    const scheduled = body as ScheduledNotification;
    expect([status, scheduled]).toEqual([202, expect.objectContaining({ ...DRAFT, deliverAt, sender: 'bob' })]);
    expect((await server.get(SCHEDULED, bob)).body).toEqual({ items: [scheduled], nextCursor: null });
    expect(((await server.get(SCHEDULED, admin)).body as ScheduledPage).items).toContainEqual(scheduled);
    expect((await inboxOf(admin)).map(({ id }) => id)).not.toContain(scheduled.id);
    expect((await server.request('DELETE', `${SCHEDULED}/${scheduled.id}`, bob)).status).toBe(204);
    expect((await server.request('DELETE', `${SCHEDULED}/${scheduled.id}`, bob)).status).toBe(404);
    expect((await server.get(SCHEDULED, bob)).body).toEqual({ items: [], nextCursor: null });
  });

  test('a notification for later keeps all of its fields, and is listed as it was answered', async () => {
    const later = { ...FULL, deliverAt: inHours(1), expiresAt: inHours(2) };
    const { status, body } = await server.post(SEND, later, admin);
    expect([status, body]).toEqual([
      202,
      { ...later, id: expect.any(String), sender: 'admin', createdAt: expect.any(String) },
    ]);
    expect(((await server.get(SCHEDULED, admin)).body as ScheduledPage).items).toContainEqual(body);
  });

  test('a notification for later is neither shown to nor cancelled by another user', async () => {
    const { body } = await sendNamed('later', { ...DRAFT, deliverAt: inHours(2) });
    expect((await server.get(SCHEDULED, bob)).body).toEqual({ items: [], nextCursor: null });
    const refused = await server.request('DELETE', `${SCHEDULED}/${(body as ScheduledNotification).id}`, bob);
    expect([refused.status, refused.body]).toMatchObject([404, { message: 'There is no such notification' }]);
    expect((await sendNamed('later', { ...DRAFT, deliverAt: (body as ScheduledNotification).deliverAt })).body).toEqual(
      body,
    );
  });

  test('refuses a batch with a notification for later', async () => {
    const { status, body } = await server.post(SEND, [DRAFT, { ...DRAFT, deliverAt: inHours(1) }], admin);
    expect([status, body]).toMatchObject([
      400,
      { details: [{ field: '[1].deliverAt', reason: 'deliverAt can be set for a single notification only' }] },
    ]);
  });
});
