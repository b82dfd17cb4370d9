import { FakeSocket } from '@herald/client/testing';
import { jest } from '@jest/globals';
import type { Access } from '../access/access.ts';
import { Listener } from './listener.ts';

const WELCOME = {
  ...{ connectionId: 'c', user: { username: 'ada' }, epoch: 'e', resumed: false, creditBytes: 65_536 },
  heads: { everyone: { low: [0, null] } },
  ...{ ackEvery: { messages: 1, bytes: 1000 }, heartbeatMs: 30_000, retry: { minMs: 500, maxMs: 30_000 } },
  expiresAt: '2026-01-31T20:00:00.000Z',
};
/** As many as may wait, each of which is followed by its positions. */
const BACKLOG = 1000;

describe('Listener', () => {
  const { WebSocket } = globalThis;
  beforeEach(() => {
    FakeSocket.made = [];
    Object.assign(globalThis, { WebSocket: FakeSocket });
    jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  });
  afterEach(() => {
    Object.assign(globalThis, { WebSocket });
    jest.restoreAllMocks();
  });

  /** The socket of the nth connection, once it is asked for. */
  async function socket(n: number): Promise<FakeSocket> {
    while (FakeSocket.made[n] === undefined) await new Promise(setImmediate);
    return FakeSocket.made[n];
  }

  test('connects again with a good token after it was closed for a backlog', async () => {
    let asked = 0;
    const token = (): Promise<string> => Promise.resolve(`token-${++asked}`);
    const access = { server: 'http://herald.example', api: {}, token } as unknown as Access;
    const { promise: released, resolve: release } = Promise.withResolvers<boolean>();
    const options = { access, filter: {}, state: null, savesEach: false, handle: () => released };
    const listener = new Listener(options, await token());
    const ended = listener.run();
    const first = await socket(0);
    first.onopen({});
    first.receive({ event: 'welcome', data: WELCOME });
    for (let offset = 1; offset <= BACKLOG && first.readyState === 1; offset++) {
      const data = { id: `id-${offset}`, priority: 'low', channel: 'everyone', audience: ['everyone'], offset };
      first.receive({ event: 'notification', data });
    }
    expect(first.readyState).toBe(3);
    release(true);
    const second = await socket(1);
    expect([first, second].map(({ protocols }) => protocols.at(-1))).toEqual([
      expect.stringContaining('token-2'),
      expect.stringContaining('token-3'),
    ]);
    listener.stop();
    await ended;
  });
});
