import { jest } from '@jest/globals';
import type { TicketAnswer } from '@herald/protocol';
import { once } from 'node:events';
import { get, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { json } from 'node:stream/consumers';
import { WebSocket } from 'ws';
import { ticketsOf } from '../src/repository/request-repository.js';
import { Store } from '../src/repository/store.js';
import { FrameSocket } from './frame-socket.js';
import { type Answer, codesOf, RunningServer, useServer } from './running-server.js';
import { IN_AN_HOUR, signed, tokenOf } from './token-by-hand.js';

const TICKETS = '/api/auth/tickets';
const PAGE = 'https://page.example';

describe('a ticket', () => {
  const server = useServer({ FRONTEND_URL: PAGE });
  let token: string;

  beforeEach(async () => {
    token = await server.signIn();
  });

  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  function make(origin?: string, by = token): Promise<Answer> {
    const headers = { Authorization: `Bearer ${by}`, ...(origin !== undefined && { Origin: origin }) };
    return server.fetch(TICKETS, { method: 'POST', headers });
  }

  async function ticketOf(origin?: string, by = token): Promise<string> {
    const { status, body } = await make(origin, by);
    expect(status).toBe(201);
    return (body as TicketAnswer).ticket;
  }

  /** Status of an event stream, and the code of its refusal; an opened one is left. */
  async function stream(ticket: string, headers: OutgoingHttpHeaders = {}): Promise<[number, string?]> {
    const sent = get(`http://${server.host}/api/notifications/stream?ticket=${ticket}`, { headers, agent: false });
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    const refusal = answer.statusCode === 200 ? undefined : ((await json(answer)) as { code: string });
    answer.destroy();
    return refusal === undefined ? [200] : [answer.statusCode!, refusal.code];
  }

  /** The same for a WebSocket. */
  async function socket(ticket: string, origin?: string): Promise<[number, string?]> {
    const client = new WebSocket(`ws://${server.host}/ws?ticket=${ticket}`, origin === undefined ? {} : { origin });
    const refused = once(client, 'unexpected-response') as Promise<[unknown, IncomingMessage]>;
    const opened = once(client, 'open').then(() => undefined);
    const answer = await Promise.race([opened, refused.then(([, response]) => response)]);
    const refusal = answer && ((await json(answer)) as { code: string });
    client.on('error', () => undefined).terminate();
    return refusal === undefined ? [101] : [answer!.statusCode!, refusal.code];
  }

  /** Moves the wall clock of the server; its timers go on. */
  function setClock(now: number): void {
    jest.useFakeTimers({ now, doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'setInterval'] });
  }

  const SPENT = [401, 'invalid_ticket'];

  test('is made with 201, and ends within 30 s', async () => {
    const { status, body } = await make();
    expect([status, body]).toEqual([201, { ticket: expect.any(String), expiresAt: expect.any(String) }]);
    const leftMs = Date.parse((body as TicketAnswer).expiresAt) - Date.now();
    expect(leftMs).toBeGreaterThan(25_000);
    expect(leftMs).toBeLessThanOrEqual(30_000);
  });

  test('ends with its token', async () => {
    const exp = Math.floor(Date.now() / 1000) + 10;
    const { body } = await make(undefined, tokenOf(server, { sub: 'admin', exp }));
    expect((body as TicketAnswer).expiresAt).toBe(new Date(exp * 1000).toISOString());
  });

  test('opens one event stream or one WebSocket', async () => {
    const [first, second] = [await ticketOf(), await ticketOf()];
    expect(await stream(first)).toEqual([200]);
    expect([await stream(first), await socket(first)]).toEqual([SPENT, SPENT]);
    expect(await socket(second)).toEqual([101]);
    expect([await socket(second), await stream(second)]).toEqual([SPENT, SPENT]);
  });

  test('opens one of many connections that use it at once', async () => {
    const ticket = await ticketOf();
    const opened = await Promise.all(Array.from({ length: 10 }, () => stream(ticket)));
    expect(opened.filter(([status]) => status === 200)).toHaveLength(1);
  });

  test('opens a connection of its user, which lasts as long as its token', async () => {
    await server.createUser('ada');
    const client = new FrameSocket(
      new WebSocket(`ws://${server.host}/ws?ticket=${await ticketOf(undefined, await server.signIn('ada'))}`),
    );
    const { user, expiresAt } = (await client.next('welcome')).data;
    expect(user).toEqual({ username: 'ada' });
    expect(Date.parse(expiresAt) - Date.now()).toBeGreaterThan(11 * 3_600_000);
    client.socket.terminate();
  });

  test('has expired after 30 s', async () => {
    const ticket = await ticketOf();
    setClock(Date.now() + 31_000);
    expect([await stream(ticket), await socket(ticket)]).toEqual([SPENT, SPENT]);
  });

  test('of a page serves that page, which sends no Origin with reads of its own origin', async () => {
    expect(await stream(await ticketOf(PAGE), { Origin: PAGE })).toEqual([200]);
    expect(await socket(await ticketOf(PAGE), PAGE)).toEqual([101]);
    expect(await stream(await ticketOf(`http://${server.host}`))).toEqual([200]);
    // Behind a proxy, the Host may be another one than that of the page.
    expect(await stream(await ticketOf(PAGE), { 'Sec-Fetch-Site': 'same-origin' })).toEqual([200]);
  });

  test('of the page of the server is refused to an image in a page of another site', async () => {
    const ticket = await ticketOf(`http://${server.host}`);
    expect(await stream(ticket, { 'Sec-Fetch-Site': 'cross-site' })).toEqual(SPENT);
    expect(await stream(ticket)).toEqual([200]);
  });

  test('of a page serves no other origin, and that of a program no page; neither is used up by it', async () => {
    const [ofPage, ofProgram] = [await ticketOf(PAGE), await ticketOf()];
    expect(await stream(ofPage, { Origin: 'https://evil.example' })).toEqual(SPENT);
    expect(await stream(ofPage)).toEqual(SPENT);
    expect(await socket(ofPage, `http://${server.host}`)).toEqual(SPENT);
    expect(await stream(ofProgram, { Origin: PAGE })).toEqual(SPENT);
    expect(await socket(ofProgram, PAGE)).toEqual(SPENT);
    expect([await stream(ofPage, { Origin: PAGE }), await stream(ofProgram)]).toEqual([[200], [200]]);
  });

  test('is not made for an origin whose pages may not connect, nor with a key or another ticket', async () => {
    expect(codesOf(await make('https://evil.example'))).toEqual([403, 'origin_refused']);
    const { key } = await server.createApp(token, { name: 'reader', scope: 'read' });
    expect(codesOf(await make(undefined, key))).toEqual([403, 'wrong_scope']);
    expect(codesOf(await make(undefined, await ticketOf()))).toEqual([401, 'invalid_token']);
    expect(codesOf(await server.fetch(TICKETS, { method: 'POST' }))).toEqual([401, 'invalid_token']);
  });

  test('ends with the sign-in of its token', async () => {
    const ticket = await ticketOf();
    const fresh = await server.signIn();
    const other = await ticketOf(undefined, fresh);
    await server.request('POST', '/api/auth/logout', token);
    expect([await stream(ticket), await socket(ticket)]).toEqual([
      [401, 'invalid_token'],
      [401, 'invalid_token'],
    ]);
    expect(await stream(other)).toEqual([200]);
  });

  test('is no token: not in a header, a sub-protocol, a frame or the query', async () => {
    const ticket = await ticketOf();
    expect(codesOf(await server.get('/api/auth/me', ticket))).toEqual([401, 'invalid_token']);
    expect(codesOf(await server.get(`/api/auth/me?ticket=${ticket}`))).toEqual([401, 'invalid_token']);
    expect(codesOf(await server.get('/api/notifications/stream', ticket))).toEqual([401, 'invalid_token']);
    const head = await fetch(`http://${server.host}/api/notifications/stream?ticket=${ticket}`, { method: 'HEAD' });
    expect(head.status).toBe(401);
    expect(codesOf(await server.request('POST', '/api/auth/refresh', ticket))).toEqual([401, 'invalid_token']);
    const live = await FrameSocket.live(server, token);
    await live.next('live');
    live.send({ event: 'authenticate', data: { token: ticket } });
    expect((await live.next('error')).data.code).toBe('unauthenticated');
    live.socket.terminate();
    expect(await stream(ticket)).toEqual([200]);
  });

  test.each<[string, () => string]>([
    ['a token', () => token],
    ['empty', () => ''],
    ['words', () => 'nonsense'],
    ['claims that are no object', () => signed('ticket')],
    [
      'signed by another secret',
      () => tokenOf(server, { sub: 'admin', aud: 'ticket', exp: IN_AN_HOUR, token_exp: IN_AN_HOUR }, 'HS256', 'x'),
    ],
    [
      'not signed',
      () => tokenOf(server, { sub: 'admin', aud: 'ticket', exp: IN_AN_HOUR, token_exp: IN_AN_HOUR }, 'none'),
    ],
    ['without the expiry of its token', () => tokenOf(server, { sub: 'admin', aud: 'ticket', exp: IN_AN_HOUR })],
  ])('is refused if it is %s', async (_, text) => {
    expect([await stream(text()), await socket(text())]).toEqual([SPENT, SPENT]);
  });

  test('of another store is refused as its token is', async () => {
    const claims = { sub: 'admin', aud: 'ticket', exp: IN_AN_HOUR, token_exp: IN_AN_HOUR, store: 'another' };
    expect(await stream(tokenOf(server, claims))).toEqual([401, 'sign_in_forgotten']);
  });

  test('opens nothing if it expires while the store remembers it', async () => {
    const ticket = await ticketOf();
    const { requests } = server.app.get(Store);
    const keep = requests.keep.bind(requests);
    jest.spyOn(requests, 'keep').mockImplementationOnce((request) => {
      setClock(Date.now() + 31_000);
      return keep(request);
    });
    expect(await stream(ticket)).toEqual(SPENT);
  });

  test('opens one connection at servers whose clocks differ by less than a minute', async () => {
    const ticket = await ticketOf();
    const made = Date.now();
    expect(await stream(ticket)).toEqual([200]);
    setClock(made + 88_000);
    // A server whose clock is ahead makes room for it.
    expect(await stream(await ticketOf(undefined, await server.signIn()))).toEqual([200]);
    setClock(made);
    expect(await stream(ticket)).toEqual(SPENT);
  });

  test('is refused with 429 once its user, also an administrator, has used 900 within their lifetime and a minute', async () => {
    await server.createUser('bob', ['admin']);
    const bob = await server.signIn('bob');
    const used = await ticketOf(undefined, bob);
    expect(await stream(used)).toEqual([200]);
    const until = new Date(Date.now() + 60_000).toISOString();
    const { requests } = server.app.get(Store);
    for (let n = 1; n < 900; n++)
      await requests.keep({ sender: ticketsOf('bob'), key: String(n), digest: '', bytes: 200, until });
    expect(await stream(await ticketOf(undefined, bob))).toEqual([429, 'too_many_tickets']);
    expect(await stream(used)).toEqual(SPENT);
    expect(await stream(await ticketOf())).toEqual([200]);
  });
});

test('a ticket is taken where a token in the query is refused', async () => {
  const strict = await RunningServer.start({ TOKEN_IN_QUERY: 'refused' });
  const { body } = await strict.request('POST', TICKETS, await strict.signIn());
  const client = new FrameSocket(new WebSocket(`ws://${strict.host}/ws?ticket=${(body as TicketAnswer).ticket}`));
  await client.next('welcome');
  client.socket.terminate();
  await strict.close();
});
