import {
  type Answered,
  ANSWERS_KEPT_MAX,
  type InboxItem,
  type InboxPage,
  type NotificationDraft,
  type PersonalReceipt,
  type Receipts,
  type SentPage,
} from '@herald/protocol';
import { Store } from '../src/repository/store.js';
import { FrameSocket } from './frame-socket.js';
import { RunningServer, useServer } from './running-server.js';
import { IN_AN_HOUR, tokenOf } from './token-by-hand.js';

const PATH = '/api/notifications';
const ASKING: Partial<NotificationDraft> = {
  requiresAck: true,
  actions: [
    { label: 'Open', url: 'https://example.com/' },
    { label: 'Approve', event: 'approve' },
  ],
};

describe('receipts', () => {
  const server = useServer();
  let admin: string;
  let bob: string;
  let eve: string;

  beforeAll(async () => {
    admin = await server.signIn();
    for (const name of ['bob', 'eve']) await server.createUser(name);
    [bob, eve] = [await server.signIn('bob'), await server.signIn('eve')];
  });
  const send = async (draft: Partial<NotificationDraft> = {}, token = admin): Promise<string> =>
    (await server.send(token, draft)).id;

  async function receiptsOf(id: string, token = admin): Promise<Receipts> {
    const { status, body } = await server.get(`${PATH}/${id}/receipts`, token);
    expect(status).toBe(200);
    return body as Receipts;
  }

  async function answer(id: string, what: string, token = bob): Promise<InboxItem> {
    const { status, body } = await server.request('POST', `${PATH}/${id}/${what}`, token);
    expect(status).toBe(200);
    return body as InboxItem;
  }

  async function live(token: string): Promise<FrameSocket> {
    const client = await FrameSocket.live(server, token);
    await client.next('live');
    return client;
  }

  const nothing = (username: string): PersonalReceipt => ({
    username,
    delivered: false,
    read: false,
    acted: null,
    event: null,
    acknowledged: false,
  });

  test('count and name the recipients', async () => {
    const none = { delivered: 0, read: 0, acted: 0, acknowledged: 0, choices: [] };
    expect(await receiptsOf(await send())).toEqual({
      recipients: 3,
      ...none,
      people: ['admin', 'bob', 'eve'].map(nothing),
    });
    const audience = ['user:bob', 'role:admin'];
    expect(await receiptsOf(await send({ audience }))).toEqual({
      recipients: 2,
      ...none,
      people: ['admin', 'bob'].map(nothing),
    });
  });

  test('report a notification as delivered once a connection has acknowledged it, and not before', async () => {
    const client = await live(bob);
    const [first, second] = [await send(), await send()];
    const { data } = await client.next('notification');
    expect(await receiptsOf(first)).toMatchObject({ delivered: 0 });
    client.send({ event: 'ack', data: { everyone: { high: data.offset } } });
    await client.next('notification');
    client.send({ event: 'heartbeat' });
    await client.next('heartbeat_ack');
    expect(await receiptsOf(first)).toMatchObject({
      delivered: 1,
      people: [nothing('admin'), { ...nothing('bob'), delivered: true }, nothing('eve')],
    });
    expect(await receiptsOf(second)).toMatchObject({ delivered: 0 });
    client.send({ event: 'heartbeat', data: { ack: { everyone: { high: data.offset + 1 } } } });
    await client.next('heartbeat_ack');
    expect(await receiptsOf(second)).toMatchObject({ delivered: 1 });
  });

  test('ignore an acknowledgement of an unsent entry, or of another person’s channel', async () => {
    const client = await live(bob);
    const id = await send({ audience: ['user:eve'] });
    client.send({ event: 'heartbeat', data: { ack: { everyone: { high: 999 }, 'user:eve': { high: 999 } } } });
    await client.next('heartbeat_ack');
    expect(await receiptsOf(id)).toMatchObject({ recipients: 1, delivered: 0 });
    expect(await receiptsOf(await send())).toMatchObject({ delivered: 0 });
  });

  test('report a fetched notification as delivered', async () => {
    const id = await send();
    await server.get(PATH, eve);
    await server.get(`${PATH}/${id}`, bob);
    expect(await receiptsOf(id)).toMatchObject({ delivered: 2 });
  });

  test("report each read, confirmation and choice, and the person's tabs follow", async () => {
    const id = await send(ASKING);
    const { unread } = ((await server.get(PATH, bob)).body as InboxPage).counts;
    const tab = await live(bob);
    expect(await answer(id, 'acknowledge')).toMatchObject({ id, acknowledged: true, read: true });
    expect((await tab.next('state')).data).toMatchObject({
      ids: [id],
      acknowledged: true,
      read: true,
      counts: { unread: unread - 1 },
    });
    const chosen = (await answer(id, 'actions/1')) as Answered;
    expect(chosen).toMatchObject({ id, acted: 'Approve', actedEvent: 'approve', actedAt: expect.any(String) });
    expect(((await answer(id, 'actions/1')) as Answered).actedAt).toBe(chosen.actedAt);
    expect((await tab.next('state')).data).toMatchObject({ ids: [id], acted: 'Approve', actedEvent: 'approve' });
    await server.request('PATCH', `${PATH}/${id}`, eve, { read: true });
    expect(await receiptsOf(id)).toEqual({
      recipients: 3,
      delivered: 2,
      read: 2,
      acted: 1,
      acknowledged: 1,
      choices: [{ label: 'Approve', event: 'approve', count: 1 }],
      people: [
        nothing('admin'),
        {
          ...{ username: 'bob', delivered: true, read: true, acted: 'Approve', event: 'approve', acknowledged: true },
          answers: [{ label: 'Approve', event: 'approve', at: expect.any(String) }],
        },
        { ...nothing('eve'), delivered: true, read: true },
      ],
    });
  });

  test('count only fetched notifications: one of three, alone or by a filter', async () => {
    const [first, second, third] = [await send(), await send({ category: 'rare' }), await send()];
    await server.get(`${PATH}/${third}`, bob);
    await server.get(`${PATH}?category=rare`, eve);
    expect((await receiptsOf(first)).delivered).toBe(0);
    expect(await receiptsOf(second)).toMatchObject({
      delivered: 1,
      people: [{}, {}, { username: 'eve', delivered: true }],
    });
    expect(await receiptsOf(third)).toMatchObject({
      delivered: 1,
      people: [{}, { username: 'bob', delivered: true }, {}],
    });
  });

  test('do not count notifications that a connection skipped', async () => {
    const missed = await send();
    const client = await live(bob);
    const id = await send();
    const { data } = await client.next('notification');
    client.send({ event: 'heartbeat', data: { ack: { everyone: { high: data.offset } } } });
    await client.next('heartbeat_ack');
    expect([(await receiptsOf(missed)).delivered, (await receiptsOf(id)).delivered]).toEqual([0, 1]);
  });

  test('keep a replaced answer, and show the person the replacement', async () => {
    const id = await send({
      actions: [
        { label: 'Yes', event: 'approve' },
        { label: 'No', event: 'deny' },
      ],
    });
    const yes = { label: 'Yes', event: 'approve', at: expect.any(String) };
    const no = { label: 'No', event: 'deny', at: expect.any(String) };
    for (let times = 0; times < 2; times++)
      expect((await answer(id, 'actions/0')) as Answered).not.toHaveProperty('replacedAnswer');
    expect(await answer(id, 'actions/1')).toMatchObject({ acted: 'No', actedEvent: 'deny', replacedAnswer: yes });
    const { acted, choices, people } = await receiptsOf(id);
    expect([acted, choices.map(({ count }) => count)]).toEqual([1, [0, 1]]);
    expect(people?.[1]).toMatchObject({ username: 'bob', acted: 'No', event: 'deny', answers: [yes, no] });
    for (let n = 0; n < 20; n++) await answer(id, `actions/${n % 2}`);
    expect((await receiptsOf(id)).people?.[1]?.answers).toHaveLength(ANSWERS_KEPT_MAX);
  });

  test('name nobody to a sender to a topic, but name recipients whom the sender named', async () => {
    for (const token of [bob, eve]) await server.request('PUT', '/api/auth/me/topics/builds', token);
    const toTopic = await send({ audience: ['topic:builds'] }, bob);
    await server.get(`${PATH}/${toTopic}`, eve);
    const counted = await receiptsOf(toTopic, bob);
    expect(counted).toMatchObject({ recipients: 2, delivered: 1 });
    expect(JSON.stringify(counted)).not.toMatch(/eve|people/);
    expect((await receiptsOf(toTopic, admin)).people).toHaveLength(2);
    const direct = await send({ audience: ['user:admin', 'user:eve'] }, bob);
    expect((await receiptsOf(direct, bob)).people?.map(({ username }) => username)).toEqual(['admin', 'eve']);
    for (const token of [bob, eve]) await server.request('DELETE', '/api/auth/me/topics/builds', token);
  });

  test('for people and a topic do not reveal who follows the topic', async () => {
    await server.request('PUT', '/api/auth/me/topics/builds', bob);
    const receiptsWith = async (token: string): Promise<Receipts> => {
      const id = await send({ audience: ['topic:builds', 'user:eve'] }, bob);
      for (const reader of [bob, eve]) await server.get(`${PATH}/${id}`, reader);
      return receiptsOf(id, token);
    };
    const [before, beforeToAdmin] = [await receiptsWith(bob), await receiptsWith(admin)];
    await server.request('PUT', '/api/auth/me/topics/builds', eve);
    expect(await receiptsWith(bob)).toEqual(before);
    expect(before).toMatchObject({ recipients: 1, delivered: 1, people: [{ username: 'eve', delivered: true }] });
    expect(beforeToAdmin).toMatchObject({ recipients: 2, delivered: 2 });
    for (const token of [bob, eve]) await server.request('DELETE', '/api/auth/me/topics/builds', token);
  });

  test('do not change at a second confirmation', async () => {
    const id = await send(ASKING);
    await answer(id, 'acknowledge');
    const tab = await live(bob);
    await answer(id, 'acknowledge');
    tab.send({ event: 'heartbeat' });
    await tab.next('heartbeat_ack');
    expect(await receiptsOf(id)).toMatchObject({ acknowledged: 1 });
  });

  test.each([
    ['acknowledge', {}, 409, 'This notification does not ask for confirmation'],
    ['actions/0', ASKING, 404, 'There is no such action'],
    ['actions/2', ASKING, 404, 'There is no such action'],
    ['actions/0', {}, 404, 'There is no such action'],
    ['actions/x', ASKING, 400, 'The request is not valid'],
    ['acknowledge', { ...ASKING, audience: ['user:eve'] }, 404, 'There is no such notification'],
  ])('%s is refused for %j with %d', async (what, draft, status, message) => {
    const id = await send(draft);
    const refused = await server.request('POST', `${PATH}/${id}/${what}`, bob);
    expect([refused.status, refused.body]).toMatchObject([status, { message }]);
  });

  test('are visible to the sender and to administrators only', async () => {
    const id = await send({ audience: ['user:admin'] }, bob);
    expect(await receiptsOf(id, bob)).toMatchObject({ recipients: 1 });
    expect(await receiptsOf(id, admin)).toMatchObject({ recipients: 1 });
    const { status, body } = await server.get(`${PATH}/${id}/receipts`, eve);
    await server.request('DELETE', `${PATH}/${id}`, bob);
    const gone = await server.get(`${PATH}/${id}/receipts`, bob);
    expect(gone.status).toBe(404);
    // Another's notification gets the answer of a missing one, so that ids cannot be probed.
    expect([status, body]).toEqual([404, gone.body]);
  });

  test('sent notifications are listed by pages, newest first, without retracted ones', async () => {
    const audience = ['user:bob'];
    const ids = [await send({ audience }, eve), await send({ audience }, eve), await send({ audience }, eve)];
    await send({ audience }, bob);
    await server.request('DELETE', `${PATH}/${ids[0]}`, eve);
    ids.push(await send({ audience }, eve));
    const sent = async (query: string): Promise<SentPage> =>
      (await server.get(`${PATH}/sent?${query}`, eve)).body as SentPage;
    const first = await sent('limit=2');
    expect([first.items.map(({ id }) => id), first.nextCursor]).toEqual([[ids[3], ids[2]], ids[2]]);
    const second = await sent(`limit=2&before=${first.nextCursor}`);
    expect([second.items.map(({ id }) => id), second.nextCursor]).toEqual([[ids[1]], null]);
  });

  test('tell a sender to many unnamed people how many chose each event', async () => {
    const store = server.app.get(Store, { strict: false });
    const add = async (username: string): Promise<string> => {
      await store.users.add({ username, passwordHash: '', roles: ['many'], topics: [] });
      return tokenOf(server, { sub: username, exp: IN_AN_HOUR });
    };
    const tokens = await Promise.all(Array.from({ length: 51 }, (_, n) => add(`many-${n}`)));
    const actions = [
      { label: 'Yes', event: 'approve' },
      { label: 'See', url: 'https://example.com/' },
      { label: 'No', event: 'reject' },
    ];
    const id = await send({ audience: ['role:many'], actions });
    for (const [n, token] of tokens.slice(0, 3).entries()) await answer(id, `actions/${n < 2 ? 0 : 2}`, token);
    const receipts = await receiptsOf(id);
    expect(receipts).toMatchObject({
      recipients: 51,
      acted: 3,
      choices: [
        { label: 'Yes', event: 'approve', count: 2 },
        { label: 'No', event: 'reject', count: 1 },
      ],
    });
    expect(receipts.people).toBeUndefined();
    await answer(id, 'actions/2', await add('late'));
    // A person who joins the channel later is no recipient.
    expect(await receiptsOf(id)).toEqual(receipts);
    for (const username of ['late', ...tokens.map((_, n) => `many-${n}`)]) await store.removeAccount(username);
  });

  test('count the recipients at the time of the send, even if accounts change afterwards', async () => {
    const id = await send();
    await server.createUser('dan');
    await server.get(PATH, await server.signIn('dan'));
    expect(await receiptsOf(id)).toMatchObject({ recipients: 3, delivered: 0 });
    expect(await receiptsOf(await send())).toMatchObject({ recipients: 4 });
  });
});

test('receipts live as long as their notification', async () => {
  const server = await RunningServer.start({ HISTORY_LIMIT: '20' });
  const admin = await server.signIn();
  const ids: string[] = [];
  for (let n = 0; n < 40; n++) {
    ids.push((await server.send(admin, n % 4 === 3 ? { key: 'same' } : {})).id);
    const { items } = (await server.get(`${PATH}/sent?limit=200`, admin)).body as SentPage;
    const listed = new Set(items.map(({ id }) => id));
    const statuses = await Promise.all(
      ids.map(async (id) => (await server.get(`${PATH}/${id}/receipts`, admin)).status),
    );
    expect(statuses).toEqual(ids.map((id) => (listed.has(id) ? 200 : 404)));
  }
  await server.close();
});
