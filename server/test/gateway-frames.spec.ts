import { jest } from '@jest/globals';
import { FrameSocket } from './frame-socket.js';
import { RunningServer, useServer } from './running-server.js';

describe("a client's frames", () => {
  const server = useServer();
  let token: string;
  let client: FrameSocket;
  let neighbour: FrameSocket;

  beforeAll(async () => {
    token = await server.signIn();
  });

  beforeEach(async () => {
    client = await FrameSocket.live(server, token);
    await client.next('live');
    neighbour = await FrameSocket.live(server, token);
    await neighbour.next('live');
  });

  afterEach(async () => {
    const { id } = await server.send(token);
    expect((await neighbour.next('notification')).data.id).toBe(id);
    client.socket.terminate();
    neighbour.socket.terminate();
  });

  test.each<[string, string | Buffer, string, string?]>([
    ['text that is not JSON', 'hello?', 'malformed'],
    ['broken JSON', '{"event":', 'malformed'],
    ['nothing', '', 'malformed'],
    ['null', 'null', 'malformed'],
    ['a number', '1', 'malformed'],
    ['an array', '[{"event":"heartbeat"}]', 'malformed'],
    ['an object without an event', '{"data":{}}', 'malformed'],
    ['an event that is no text', '{"event":{"toString":"heartbeat"}}', 'malformed'],
    ['a binary message', Buffer.from('{"event":"heartbeat"}'), 'malformed'],
    ['brackets 8,000 deep', '['.repeat(8000), 'malformed'],
    ['an ack that is none', '{"event":"ack","data":{"everyone":{"high":"7"}}}', 'malformed', 'ack.everyone.high'],
    [
      'a heartbeat with an ack that is none',
      '{"event":"heartbeat","data":{"ack":{"everyone":{"high":"7"}}}}',
      'malformed',
      'ack.everyone.high',
    ],
    ['an unknown event', '{"event":"subscribe","data":{}}', 'unknown_event'],
    ['the name of something every object has', '{"event":"constructor"}', 'unknown_event'],
    ['an event only the server sends', '{"event":"bye"}', 'unknown_event'],
    ['a second hello', '{"event":"hello"}', 'unexpected'],
  ])('%s gets an error, and the connection stays open', async (...[, frame, code, field]) => {
    client.send(frame);
    const { data } = await client.next('error');
    const message: unknown = expect.stringMatching(/^\S.*\S$/);
    expect(data).toEqual({ code, message, ...(field !== undefined && { params: { field } }) });
    client.send({ event: 'heartbeat' });
    await client.next('heartbeat_ack');
  });

  test("a heartbeat is acknowledged with the server's time", async () => {
    const before = Date.now();
    client.send({ event: 'heartbeat' });
    const at = Date.parse((await client.next('heartbeat_ack')).data.serverTime);
    expect(at).toBeGreaterThanOrEqual(before);
    expect(at).toBeLessThanOrEqual(Date.now());
  });

  test.each([
    ['text', 'x'.repeat(100 * 1024)],
    ['bytes', Buffer.alloc(100 * 1024)],
    ['JSON', JSON.stringify({ event: 'heartbeat', data: 'x'.repeat(100 * 1024) })],
  ])('100 KB of %s close the connection with 1009', async (_, frame) => {
    client.send(frame);
    expect((await client.closed).code).toBe(1009);
  });

  test('a frame of 16 KB is accepted, one more byte is not', async () => {
    const empty = JSON.stringify({ event: 'heartbeat', data: { padding: '' } });
    const sized = (bytes: number): string => empty.replace('""', `"${'x'.repeat(bytes - empty.length)}"`);
    client.send(sized(16 * 1024));
    await client.next('heartbeat_ack');
    client.send(sized(16 * 1024 + 1));
    expect((await client.closed).code).toBe(1009);
  });

  test('a message of 128 fragments is accepted, one more closes the connection with 1008', async () => {
    const [first = '', ...others] = JSON.stringify({ event: 'heartbeat', data: { padding: 'x'.repeat(200) } });
    const send = (count: number): void => {
      const parts = [first, ...others.slice(0, count - 2), others.slice(count - 2).join('')];
      parts.forEach((part, n) => client.socket.send(part, { fin: n === parts.length - 1 }));
    };
    send(128);
    await client.next('heartbeat_ack');
    send(129);
    expect((await client.closed).code).toBe(1008);
  });

  test('bytes that are no frame close the connection with 1002', async () => {
    (client.socket as unknown as { _socket: NodeJS.WritableStream })._socket.write(
      Buffer.from([0xff, 0xff, 0xff, 0xff]),
    );
    expect((await client.closed).code).toBe(1002);
  });

  test('the 21st faulty frame closes the connection with 4400', async () => {
    for (let n = 0; n < 20; n++) client.send('?');
    for (let n = 0; n < 20; n++) await client.next('error');
    client.send({ event: 'heartbeat' });
    await client.next('heartbeat_ack');
    client.send('?');
    await client.next('error');
    expect(await client.closed).toEqual({ code: 4400, reason: 'too many faulty frames' });
  });
});

describe('over time', () => {
  let server: RunningServer;
  let token: string;

  // Only the clock of the sweep is virtual; the sockets are real.
  beforeEach(async () => {
    const real = [
      'setTimeout',
      'clearTimeout',
      'setImmediate',
      'clearImmediate',
      'nextTick',
      'queueMicrotask',
      'hrtime',
    ] as const;
    jest.useFakeTimers({ now: Date.now(), doNotFake: [...real] });
    server = await RunningServer.start({ TOKEN_TTL_SECONDS: '180' });
    token = await server.signIn();
  });

  afterEach(async () => {
    await server.close();
    jest.useRealTimers();
  });

  test('a client without a hello after 5 s is closed with 4400; a plain client needs none', async () => {
    const plain = await FrameSocket.plain(server, token);
    const silent = await FrameSocket.open(server, token);
    jest.advanceTimersByTime(7000);
    expect(await silent.closed).toEqual({ code: 4400, reason: 'no hello within 5 s' });
    await plain.next('welcome');
    await plain.next('live');
    plain.send({ event: 'heartbeat' });
    await plain.next('heartbeat_ack');
  });

  test('a connection is closed with 4401 once its token has expired', async () => {
    const client = await FrameSocket.live(server, token);
    await client.next('live');
    for (let n = 0; n < 2; n++) {
      jest.advanceTimersByTime(70_000);
      client.send({ event: 'heartbeat' });
      await client.next('heartbeat_ack');
    }
    jest.advanceTimersByTime(41_000);
    expect(await client.closed).toEqual({ code: 4401, reason: 'the token has expired' });
  });

  test('a client without a sign of life for 75 s is closed with 4408', async () => {
    const client = await FrameSocket.live(server, token);
    client.socket.pause();
    jest.advanceTimersByTime(77_000);
    client.socket.resume();
    expect(await client.closed).toEqual({ code: 4408, reason: 'no sign of life' });
  });
});
