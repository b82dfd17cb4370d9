import type {
  GapFrame,
  LanePosition,
  Notification,
  NotificationFrame,
  Positions,
  ServerFrame,
  WelcomeFrame,
} from '@herald/protocol';
import { readFileSync } from 'node:fs';
import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { DeliveryEngine } from '../src/delivery/delivery-engine.js';
import { NotificationRepository } from '../src/repository/notification-repository.js';
import { FrameSocket } from './frame-socket.js';
import { RunningServer, useServer } from './running-server.js';
import { entriesIn, epochOf } from './repository/log-contents.js';

interface Greeting {
  welcome: WelcomeFrame['data'];
  gaps: GapFrame['data'][];
  /** Offsets received before `live`. */
  offsets: number[];
}

describe('a hello', () => {
  const server = useServer();
  let token: string;
  let epoch: string;
  let sent: Notification[];

  beforeAll(async () => {
    token = await server.signIn();
    ({ epoch } = server.app.get(NotificationRepository));
    sent = [];
    for (let n = 0; n < 5; n++) sent.push(await server.send(token, { priority: 'low' }));
  });

  async function greet(data?: unknown, to = server, bearer = token): Promise<Greeting> {
    const client = await FrameSocket.open(to, bearer);
    client.send({ event: 'hello', data });
    const { data: welcome } = await client.next('welcome');
    const frames: ServerFrame[] = [];
    for (;;) {
      const frame = await client.nextOf('notification', 'gap', 'live');
      if (frame.event === 'live') break;
      frames.push(frame);
    }
    client.socket.terminate();
    const gaps = frames.filter((frame): frame is GapFrame => frame.event === 'gap').map((gap) => gap.data);
    const offsets = frames
      .filter((frame): frame is NotificationFrame => frame.event === 'notification')
      .map((one) => one.data.offset);
    return { welcome, gaps, offsets };
  }

  function at(position: LanePosition, channel = 'everyone', ofEpoch = epoch): { positions: Positions } {
    return { positions: { epoch: ofEpoch, channels: { [channel]: { low: position } } } };
  }

  const toTheHead = (reason: string): object => ({
    channel: 'everyone',
    lane: 'low',
    from: 1,
    to: 5,
    id: sent[4]!.id,
    reason,
  });

  test.each([
    ['nothing', undefined],
    ['an empty object', {}],
    ['positions without channels', { positions: { epoch: 'any', channels: {} } }],
    ['positions without lanes', { positions: { epoch: 'any', channels: { everyone: {} } } }],
  ])('starts at the heads with %s', async (_, data) => {
    const { welcome, gaps, offsets } = await greet(data);
    expect(welcome).toMatchObject({
      resumed: false,
      epoch,
      heads: { everyone: { high: [0, null], low: [5, sent[4]!.id] } },
    });
    expect([gaps, offsets]).toEqual([[], []]);
  });

  test('resumes behind its position if the id matches', async () => {
    const { welcome, gaps, offsets } = await greet(at([3, sent[2]!.id]));
    expect([welcome.resumed, gaps, offsets]).toEqual([true, [], [4, 5]]);
  });

  test('gets everything with [0, null], the start of an empty lane', async () => {
    const { welcome, gaps, offsets } = await greet(at([0, null]));
    expect([welcome.resumed, gaps, offsets]).toEqual([true, [], [1, 2, 3, 4, 5]]);
  });

  test('gets nothing with a position at the head', async () => {
    const { welcome, gaps, offsets } = await greet(at([5, sent[4]!.id]));
    expect([welcome.resumed, gaps, offsets]).toEqual([true, [], []]);
  });

  test.each<[string, () => { positions: Positions }, string]>([
    ['from the future', () => at([6, sent[4]!.id]), 'truncated'],
    ['from the far future', () => at([Number.MAX_SAFE_INTEGER, sent[4]!.id]), 'truncated'],
    ['from another epoch', () => at([3, sent[2]!.id], 'everyone', '00000000-0000-4000-8000-000000000000'), 'epoch'],
    ['with the id of another entry', () => at([3, sent[1]!.id]), 'truncated'],
    ['without an id', () => at([3, null]), 'truncated'],
    ['at the start, with an id', () => at([0, sent[0]!.id]), 'truncated'],
  ])('gets a gap up to the head with a position %s', async (_, data, reason) => {
    const { welcome, gaps, offsets } = await greet(data());
    expect([welcome.resumed, gaps, offsets]).toEqual([false, [toTheHead(reason)], []]);
  });

  test.each<[string, () => { positions: Positions }, string]>([
    [
      'of the same epoch',
      () => ({ positions: { epoch, channels: { everyone: { high: [7, sent[0]!.id] } } } }),
      'truncated',
    ],
    [
      'of another epoch',
      () => ({ positions: { epoch: 'another', channels: { everyone: { high: [7, sent[0]!.id] } } } }),
      'epoch',
    ],
  ])('gets a gap from 1 to 0 in an empty lane if the position is %s', async (_, data, reason) => {
    const { gaps } = await greet(data());
    expect(gaps).toEqual([{ channel: 'everyone', lane: 'high', from: 1, to: 0, id: null, reason }]);
    expect(readFileSync('protocol/README.md', 'utf8')).toContain('`from` is 1, `to` is 0');
  });

  test('reveals nothing about a channel of another user', async () => {
    const { welcome, gaps, offsets } = await greet(at([0, null], 'user:somebody-else'));
    expect(Object.keys(welcome.heads)).not.toContain('user:somebody-else');
    expect([welcome.resumed, gaps, offsets]).toEqual([false, [], []]);
  });

  test('gets a gap for entries dropped by retention, and the others', async () => {
    const small = await RunningServer.start({ HISTORY_LIMIT: '10' });
    const bearer = await small.signIn();
    const ids: string[] = [];
    for (let n = 0; n < 30; n++) ids.push((await small.send(bearer, { priority: 'low' })).id);
    const repository = small.app.get(NotificationRepository);
    const [oldest] = await entriesIn(repository, 'everyone', 'low', 1, 1);
    const kept = oldest!.offset;
    const { welcome, gaps, offsets } = await greet(
      at([2, ids[1]!], 'everyone', await epochOf(repository)),
      small,
      bearer,
    );
    expect(welcome.resumed).toBe(true);
    expect(gaps).toEqual([{ channel: 'everyone', lane: 'low', from: 3, to: kept - 1, id: null, reason: 'trimmed' }]);
    expect(offsets).toEqual(ids.slice(kept - 1).map((__, i) => kept + i));
    await small.close();
  });

  test.each([
    ['data that is no object', '[]'],
    ['positions that are no object', '{"positions":3}'],
    ['a numeric epoch', '{"positions":{"epoch":1,"channels":{}}}'],
    ['channels as an array', '{"positions":{"epoch":"e","channels":[]}}'],
    ['a lane as a string', '{"positions":{"epoch":"e","channels":{"everyone":"low"}}}'],
    ['a negative offset', '{"positions":{"epoch":"e","channels":{"everyone":{"low":[-1,null]}}}}'],
    ['an offset with a fraction', '{"positions":{"epoch":"e","channels":{"everyone":{"low":[1.5,null]}}}}'],
    ['an offset beyond all counting', '{"positions":{"epoch":"e","channels":{"everyone":{"low":[1e999,null]}}}}'],
    ['a position of three', '{"positions":{"epoch":"e","channels":{"everyone":{"low":[1,null,2]}}}}'],
    ['a numeric id', '{"positions":{"epoch":"e","channels":{"everyone":{"low":[1,2]}}}}'],
  ])('gets an error that names the field with %s, and may be repeated', async (_, data) => {
    const client = await FrameSocket.open(server, token);
    client.send(`{"event":"hello","data":${data}}`);
    expect((await client.next('error')).data).toEqual({
      code: 'malformed',
      message: expect.stringMatching(/^(data|positions)/),
      params: { field: expect.stringMatching(/^(data|positions)/) },
    });
    client.send({ event: 'hello' });
    await client.next('welcome');
    client.socket.terminate();
  });

  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'does no harm with a channel named %s',
    async (name) => {
      const { welcome, gaps } = await greet(
        JSON.parse(`{"positions":{"epoch":"x","channels":{"${name}":{"low":[0,null],"high":[3,"x"]}}}}`),
      );
      expect([welcome.resumed, gaps]).toEqual([false, []]);
      expect(({} as Record<string, unknown>)['high']).toBeUndefined();
    },
  );

  test('gets one welcome and one error if it is sent twice at once', async () => {
    const client = await FrameSocket.open(server, token);
    client.send({ event: 'hello' });
    client.send({ event: 'hello' });
    const frames = [await client.nextOf('welcome', 'error'), await client.nextOf('welcome', 'error')];
    expect(frames.map(({ event }) => event).sort()).toEqual(['error', 'welcome']);
    client.socket.terminate();
  });

  test('is closed with 1011 if the log cannot be read, as is a plain client', async () => {
    const quiet = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    const subscribe = jest
      .spyOn(server.app.get(DeliveryEngine), 'subscribe')
      .mockRejectedValue(new Error('the store is away'));
    const client = await FrameSocket.open(server, token);
    client.send({ event: 'hello' });
    const plain = await FrameSocket.plain(server, token);
    expect([(await client.closed).code, (await plain.closed).code]).toEqual([1011, 1011]);
    subscribe.mockRestore();
    expect(quiet).toHaveBeenCalledTimes(2);
    quiet.mockRestore();
  });
});
