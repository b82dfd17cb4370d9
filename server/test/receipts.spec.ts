import type { InboxItem, InboxPage } from '../../protocol/inbox.js';
import type { NotificationDraft } from '../../protocol/notification.js';
import type { PersonalReceipt, Receipts, SentPage } from '../../protocol/receipts.js';
import { FrameSocket } from './frame-socket.js';
import { RunningServer } from './running-server.js';

const PATH = '/api/notifications';
const ASKING: Partial<NotificationDraft> = {
  requiresAck: true,
  actions: [{ label: 'Open', url: 'https://example.com/' }, { label: 'Approve', event: 'approve' }],
};

describe('receipts', () => {
  let server: RunningServer;
  let admin: string;
  let bob: string;
  let eve: string;

  beforeAll(async () => {
    server = await RunningServer.start();
    admin = await server.signIn();
    for (const name of ['bob', 'eve']) await server.createUser(admin, name);
    [bob, eve] = [await server.signIn('bob'), await server.signIn('eve')];
  });
  afterAll(() => server.close());

  const send = async (draft: Partial<NotificationDraft> = {}, token = admin): Promise<string> => (await server.send(token, draft)).id;

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

  const nothing = (username: string): PersonalReceipt => ({ username, delivered: false, read: false, acted: null, event: null, acknowledged: false });

  test('count and name the people whom it went to', async () => {
    const none = { delivered: 0, read: 0, acted: 0, acknowledged: 0, choices: [] };
    expect(await receiptsOf(await send())).toEqual({ recipients: 3, ...none, people: ['admin', 'bob', 'eve'].map(nothing) });
    const audience = ['user:bob', 'role:admin'];
    expect(await receiptsOf(await send({ audience }))).toEqual({ recipients: 2, ...none, people: ['admin', 'bob'].map(nothing) });
  });

  test('tell what a connection has acknowledged as delivered, and not before it has', async () => {
    const client = await live(bob);
    const [first, second] = [await send(), await send()];
    const { data } = await client.next('notification');
    expect(await receiptsOf(first)).toMatchObject({ delivered: 0 });
    client.send({ event: 'ack', data: { everyone: { high: data.offset } } });
    await client.next('notification');
    client.send({ event: 'heartbeat' });
    await client.next('heartbeat_ack');
    expect(await receiptsOf(first)).toMatchObject({ delivered: 1, people: [nothing('admin'), { ...nothing('bob'), delivered: true }, nothing('eve')] });
    expect(await receiptsOf(second)).toMatchObject({ delivered: 0 });
    client.send({ event: 'heartbeat', data: { ack: { everyone: { high: data.offset + 1 } } } });
    await client.next('heartbeat_ack');
    expect(await receiptsOf(second)).toMatchObject({ delivered: 1 });
  });

  test('believe no acknowledgement of what was never sent, nor of another person’s channel', async () => {
    const client = await live(bob);
    const id = await send({ audience: ['user:eve'] });
    client.send({ event: 'heartbeat', data: { ack: { everyone: { high: 999 }, 'user:eve': { high: 999 } } } });
    await client.next('heartbeat_ack');
    expect(await receiptsOf(id)).toMatchObject({ recipients: 1, delivered: 0 });
    expect(await receiptsOf(await send())).toMatchObject({ delivered: 0 });
  });

  test('tell what was fetched as delivered', async () => {
    const id = await send();
    await server.get(PATH, eve);
    await server.get(`${PATH}/${id}`, bob);
    expect(await receiptsOf(id)).toMatchObject({ delivered: 2 });
  });

  test('tell who has read, confirmed and chosen, and every tab of theirs follows', async () => {
    const id = await send(ASKING);
    const { unread } = ((await server.get(PATH, bob)).body as InboxPage).counts;
    const tab = await live(bob);
    expect(await answer(id, 'acknowledge')).toMatchObject({ id, acknowledged: true, read: true });
    expect((await tab.next('state')).data).toMatchObject({ ids: [id], acknowledged: true, read: true, counts: { unread: unread - 1 } });
    expect(await answer(id, 'actions/1')).toMatchObject({ id, acted: 'Approve' });
    expect((await tab.next('state')).data).toMatchObject({ ids: [id], acted: 'Approve' });
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
        { username: 'bob', delivered: true, read: true, acted: 'Approve', event: 'approve', acknowledged: true },
        { ...nothing('eve'), delivered: true, read: true },
      ],
    });
  });

  test('confirming twice changes nothing', async () => {
    const id = await send(ASKING);
    await answer(id, 'acknowledge');
    const tab = await live(bob);
    await answer(id, 'acknowledge');
    tab.send({ event: 'heartbeat' });
    await tab.next('heartbeat_ack');
    expect(await receiptsOf(id)).toMatchObject({ acknowledged: 1 });
  });

  test.each([
    ['acknowledge', {}, 409, 'This notification asks for no confirmation'],
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

  test('are for the sender and for administrators', async () => {
    const id = await send({ audience: ['user:admin'] }, bob);
    expect(await receiptsOf(id, bob)).toMatchObject({ recipients: 1 });
    expect(await receiptsOf(id, admin)).toMatchObject({ recipients: 1 });
    const { status, body } = await server.get(`${PATH}/${id}/receipts`, eve);
    await server.request('DELETE', `${PATH}/${id}`, bob);
    const gone = await server.get(`${PATH}/${id}/receipts`, bob);
    expect(gone.status).toBe(404);
    // Of another's is said no more than of one that is not there: ids can't be tried.
    expect([status, body]).toEqual([404, gone.body]);
  });

  test('what I have sent is listed by pages, newest first, without what I took back', async () => {
    const audience = ['user:bob'];
    const ids = [await send({ audience }, eve), await send({ audience }, eve), await send({ audience }, eve)];
    await send({ audience }, bob);
    await server.request('DELETE', `${PATH}/${ids[0]}`, eve);
    ids.push(await send({ audience }, eve));
    const sent = async (query: string): Promise<SentPage> => (await server.get(`${PATH}/sent?${query}`, eve)).body as SentPage;
    const first = await sent('limit=2');
    expect([first.items.map(({ id }) => id), first.nextCursor]).toEqual([[ids[3], ids[2]], ids[2]]);
    const second = await sent(`limit=2&before=${first.nextCursor}`);
    expect([second.items.map(({ id }) => id), second.nextCursor]).toEqual([[ids[1]], null]);
  });

  test('tell a sender to many, who are not named, how many have chosen which event', async () => {
    const tokens: string[] = [];
    for (let n = 0; n < 51; n++) {
      await server.createUser(admin, `many-${n}`, ['many']);
      if (n < 3) tokens.push(await server.signIn(`many-${n}`));
    }
    const actions = [{ label: 'Yes', event: 'approve' }, { label: 'See', url: 'https://example.com/' }, { label: 'No', event: 'reject' }];
    const id = await send({ audience: ['role:many'], actions });
    for (const [n, token] of tokens.entries()) await answer(id, `actions/${n < 2 ? 0 : 2}`, token);
    const receipts = await receiptsOf(id);
    expect(receipts).toMatchObject({ recipients: 51, acted: 3, choices: [{ label: 'Yes', event: 'approve', count: 2 }, { label: 'No', event: 'reject', count: 1 }] });
    expect(receipts.people).toBeUndefined();
    for (let n = 0; n < 51; n++) await server.request('DELETE', `/api/users/many-${n}`, admin);
  });

  test('count who was there when it was sent, also when accounts change afterwards', async () => {
    const id = await send();
    await server.createUser(admin, 'dan');
    await server.get(PATH, await server.signIn('dan'));
    expect(await receiptsOf(id)).toMatchObject({ recipients: 3, delivered: 0 });
    expect(await receiptsOf(await send())).toMatchObject({ recipients: 4 });
  });
});
