import type { ErrorAnswer, InboxChanged, InboxItem, InboxPage } from '@herald/protocol';
import { FrameSocket } from './frame-socket.js';
import { type Answer, useServer } from './running-server.js';

const PATH = '/api/notifications';
const UNKNOWN = '01932c07-6c4e-7000-8000-000000000000';
const HOUR = 3_600_000;

describe('the inbox over HTTP', () => {
  const server = useServer();
  let admin: string;
  let bob: string;

  beforeAll(async () => {
    admin = await server.signIn();
    await server.createUser('bob');
    bob = await server.signIn('bob');
  });

  afterEach(async () => {
    for (const id of await idsOf('view=all&limit=200', admin)) await server.request('DELETE', `${PATH}/${id}`, admin);
  });

  async function page(query = '', token = bob): Promise<InboxPage> {
    const { status, body } = await server.get(`${PATH}?${query}`, token);
    expect(status).toBe(200);
    return body as InboxPage;
  }

  async function idsOf(query = '', token = bob): Promise<string[]> {
    return (await page(query, token)).items.map(({ id }) => id);
  }

  async function sendMany(...titles: string[]): Promise<string[]> {
    const ids: string[] = [];
    for (const title of titles) ids.push((await server.send(admin, { title })).id);
    return ids;
  }

  async function change(body: object, token = bob): Promise<InboxChanged> {
    const answer = await server.post(`${PATH}/state`, body, token);
    expect(answer.status).toBe(200);
    return answer.body as InboxChanged;
  }

  function detailsOf({ body }: Answer): ErrorAnswer['details'] {
    return (body as ErrorAnswer).details;
  }

  test('refuses null in a filter and in a change, and names the field', async () => {
    const upTo = UNKNOWN;
    for (const field of ['view', 'unread', 'priority', 'category', 'topic', 'from', 'to', 'q']) {
      const answer = await server.post(`${PATH}/state`, { read: true, filter: { [field]: null }, upTo }, bob);
      expect([answer.status, detailsOf(answer)]).toEqual([
        400,
        [expect.objectContaining({ field: `filter.${field}`, reason: expect.stringContaining(field) })],
      ]);
    }
    for (const [field, body] of [
      ['filter', { read: true, filter: null, upTo }],
      ['ids', { read: true, ids: null }],
      ['ids', { read: true, ids: [null] }],
      ['upTo', { read: true, filter: {}, upTo: null }],
      ['read', { read: null, filter: {}, upTo }],
      ['archived', { archived: null, filter: {}, upTo }],
      ['filter.priority', { read: true, filter: { priority: [null] }, upTo }],
    ] as const) {
      const answer = await server.post(`${PATH}/state`, body, bob);
      expect([answer.status, detailsOf(answer)]).toEqual([400, [expect.objectContaining({ field })]]);
    }
  });

  test('has views, filters, search and counts', async () => {
    const [first, second, third] = await sendMany('Disk full', 'Disk fine', 'Deploy done');
    await change({ ids: [first], archived: true });
    await change({ ids: [second], read: true });
    expect(await idsOf()).toEqual([third, second]);
    expect(await idsOf('view=archived')).toEqual([first]);
    expect(await idsOf('view=all&q=disk')).toEqual([second, first]);
    expect(await idsOf('unread=true&priority=high,low&category=deploy')).toEqual([third]);
    expect(await idsOf(`view=all&to=${encodeURIComponent(new Date(Date.now() - HOUR).toISOString())}`)).toEqual([]);
    expect((await page('view=archived')).counts).toEqual({
      unread: 1,
      inbox: 2,
      archived: 1,
      snoozed: 0,
      unconfirmed: 0,
    });
  });

  test('filters by topic', async () => {
    await server.request('PUT', '/api/auth/me/topics/builds', bob);
    await sendMany('to everyone');
    const { id } = await server.send(admin, { audience: ['topic:builds', 'user:admin'] });
    expect(await idsOf('topic=builds')).toEqual([id]);
  });

  test('shows and changes a single notification, and a second browser hears of it at once', async () => {
    const [id] = await sendMany('Disk full');
    const other = await FrameSocket.live(server, bob);
    await other.next('live');
    const { status, body } = await server.request('PATCH', `${PATH}/${id?.toUpperCase()}`, bob, { read: true });
    expect([status, body]).toEqual([200, (await server.get(`${PATH}/${id}`, bob)).body]);
    expect(body as InboxItem).toMatchObject({
      id,
      title: 'Disk full',
      read: true,
      archived: false,
      snoozedUntil: null,
    });
    const counts = { unread: 0, inbox: 1, archived: 0, snoozed: 0, unconfirmed: 0 };
    const entry = {
      id: expect.any(String),
      channel: 'user:bob',
      lane: 'medium',
      offset: expect.any(Number),
      ids: [id],
      read: true,
      counts,
    };
    expect((await other.next('state')).data).toEqual(entry);
    other.socket.terminate();
  });

  test('resumes with changes made while a browser was away', async () => {
    const [id] = await sendMany('Disk full');
    const away = await FrameSocket.open(server, bob);
    away.send({ event: 'hello' });
    const { epoch, heads: channels } = (await away.next('welcome')).data;
    away.socket.terminate();
    await change({ ids: [id], archived: true });
    const back = await FrameSocket.open(server, bob);
    back.send({ event: 'hello', data: { positions: { epoch, channels } } });
    await back.next('welcome');
    expect((await back.next('state')).data).toMatchObject({ ids: [id], archived: true });
    back.socket.terminate();
  });

  test('changes all matches of a filter up to an id, and the reverse on the returned ids undoes it', async () => {
    const [first, second, third] = await sendMany('Disk full', 'Disk fine', 'Disk gone');
    const archived = await change({ filter: { q: 'disk', priority: 'high' }, upTo: second, archived: true });
    expect(archived).toMatchObject({
      ids: [second, first],
      counts: { unread: 1, inbox: 1, archived: 2, snoozed: 0, unconfirmed: 0 },
    });
    expect(await idsOf()).toEqual([third]);
    await change({ ids: archived.ids, archived: false });
    expect(await idsOf()).toEqual([third, second, first]);
  });

  test('marks all as read', async () => {
    const ids = await sendMany('one', 'two');
    const { status, body } = await server.request('POST', `${PATH}/read-all`, bob);
    expect([status, body]).toEqual([
      200,
      {
        ids: ids.reverse(),
        counts: { unread: 0, inbox: 2, archived: 0, snoozed: 0, unconfirmed: 0 },
        asOf: expect.any(String),
      },
    ]);
    expect(await idsOf('unread=true')).toEqual([]);
    expect(await idsOf('unread=true', admin)).toEqual(ids);
  });

  test('snoozes, and keeps the instant in UTC', async () => {
    const [id] = await sendMany('Disk full');
    const until = new Date(Date.now() + HOUR).toISOString();
    await change({ ids: [id], snoozedUntil: until.replace('Z', '+00:00') });
    expect(await idsOf()).toEqual([]);
    expect((await page('view=snoozed')).items).toMatchObject([{ id, snoozedUntil: until }]);
    expect((await server.request('PATCH', `${PATH}/${id}`, bob, { snoozedUntil: null })).body).toMatchObject({
      snoozedUntil: null,
    });
  });

  test('counts muted categories as read', async () => {
    const { body: preferences } = await server.get('/api/preferences', bob);
    await server.request('PUT', '/api/preferences', bob, {
      ...(preferences as object),
      categories: { deploy: 'muted' },
    });
    await sendMany('one');
    expect(await page()).toMatchObject({ items: [{ read: true }], muted: ['deploy'], counts: { unread: 0, inbox: 1 } });
    await server.request('PUT', '/api/preferences', bob, preferences);
  });

  test.each([
    ['admin', 204, []],
    ['bob', 403, ['Disk full']],
  ])('answers a retraction by %s with %i', async (by, status, left) => {
    const [id] = await sendMany('Disk full');
    const other = await FrameSocket.live(server, bob);
    await other.next('live');
    const answer = await server.request('DELETE', `${PATH}/${id}`, by === 'admin' ? admin : bob);
    expect(answer.status).toBe(status);
    expect((await page()).items.map(({ title }) => title)).toEqual(left);
    if (status === 204)
      expect((await other.next('retract')).data).toMatchObject({
        notificationId: id,
        channel: 'everyone',
        lane: 'high',
      });
    other.socket.terminate();
  });

  test.each(['GET', 'PATCH', 'DELETE'])('answers 404 for an unknown notification (%s)', async (method) => {
    const body = method === 'PATCH' ? { read: true } : undefined;
    expect((await server.request(method, `${PATH}/${UNKNOWN}`, bob, body)).status).toBe(404);
  });

  test('hides notifications for others', async () => {
    const { id } = await server.send(admin, { audience: ['user:admin'] });
    expect((await server.get(`${PATH}/${id}`, bob)).status).toBe(404);
    expect((await server.request('PATCH', `${PATH}/${id}`, bob, { read: true })).status).toBe(404);
    expect((await change({ ids: [id], read: true })).ids).toEqual([]);
  });

  const past = new Date(Date.now() - HOUR).toISOString();
  const farAhead = new Date(Date.now() + 400 * 24 * HOUR).toISOString();
  test.each<[object, string]>([
    [{ ids: [UNKNOWN] }, 'read'],
    [{ read: true }, 'ids'],
    [{ ids: [], read: true }, 'ids'],
    [{ ids: ['x'], read: true }, 'ids'],
    [{ ids: Array.from({ length: 501 }, () => UNKNOWN), read: true }, 'ids'],
    [{ ids: [UNKNOWN], filter: {}, upTo: UNKNOWN, read: true }, 'filter'],
    [{ filter: {}, read: true }, 'upTo'],
    [{ filter: { view: 'trash' }, upTo: UNKNOWN, read: true }, 'filter.view'],
    [{ filter: 'all', upTo: UNKNOWN, read: true }, 'filter'],
    [{ ids: [UNKNOWN], read: 'yes' }, 'read'],
    [{ ids: [UNKNOWN], archived: null }, 'archived'],
    [{ ids: [UNKNOWN], snoozedUntil: 'tomorrow' }, 'snoozedUntil'],
    [{ ids: [UNKNOWN], snoozedUntil: past }, 'snoozedUntil'],
    [{ ids: [UNKNOWN], snoozedUntil: farAhead }, 'snoozedUntil'],
    [{ ids: [UNKNOWN], starred: true, read: true }, 'starred'],
  ])('refuses %j and names the field %s', async (body, field) => {
    const answer = await server.post(`${PATH}/state`, body, bob);
    expect([answer.status, detailsOf(answer)?.map((detail) => detail.field)]).toEqual([400, [field]]);
  });

  test('refuses a malformed id', async () => {
    const answer = await server.get(`${PATH}/1`, bob);
    expect([answer.status, detailsOf(answer)]).toEqual([
      400,
      [expect.objectContaining({ field: 'id', code: 'not_an_id' })],
    ]);
  });

  test.each([
    ['GET', ''],
    ['GET', `/${UNKNOWN}`],
    ['PATCH', `/${UNKNOWN}`],
    ['DELETE', `/${UNKNOWN}`],
    ['POST', '/state'],
    ['POST', '/read-all'],
  ])('needs a token: %s %s', async (method, path) => {
    expect((await server.request(method, PATH + path)).status).toBe(401);
  });
});
