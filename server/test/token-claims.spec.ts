import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { WebSocket } from 'ws';
import { FrameSocket } from './frame-socket.js';
import { useServer } from './running-server.js';
import { IN_AN_HOUR, signed, tokenOf } from './token-by-hand.js';

/** Values that are invalid for every claim. */
const WRONG: unknown[] = [null, true, -1, 1.5, 1e300, '', [], {}, ['admin'], { toString: 'x' }];
const NUMBERS = ['iat', 'exp', 'auth_time', 'gen'];
const TEXTS = ['sub', 'jti', 'sid', 'store'];

describe('a token with our signature but malformed claims', () => {
  const server = useServer();
  let tokens: string[];

  beforeAll(async () => {
    const sound = { sub: 'admin', exp: IN_AN_HOUR };
    expect((await server.get('/api/auth/me', tokenOf(server, sound))).status).toBe(200);
    const payloads = [null, [], [sound], 'admin', '', 0, true, {}].map((payload) => signed(payload));
    const absent = [...NUMBERS, ...TEXTS].map((claim) => tokenOf(server, { ...sound, [claim]: undefined }));
    const wrong = [...NUMBERS, ...TEXTS].flatMap((claim) =>
      WRONG.map((value) => tokenOf(server, { ...sound, [claim]: value })),
    );
    const foreign = ['sub', 'store'].map((claim) => tokenOf(server, { ...sound, [claim]: '__proto__' }));
    const late = [8.64e12 + 1, Number.MAX_SAFE_INTEGER, 1e20].map((exp) => tokenOf(server, { ...sound, exp }));
    tokens = [...payloads, ...absent, ...wrong, ...foreign, ...late];
  });

  test('is refused with 401 by HTTP and by the event stream', async () => {
    for (const token of tokens) {
      for (const path of ['/api/auth/me', '/api/notifications/stream']) {
        const { status } = await server.get(path, token);
        expect([path, payloadOf(token), status]).toEqual([path, payloadOf(token), 401]);
      }
    }
  });

  test('is refused with 401 at the upgrade', async () => {
    for (const token of tokens) {
      const socket = new WebSocket(`ws://${server.host}/ws`, ['herald.v1', `bearer.${token}`]).on(
        'error',
        () => undefined,
      );
      const [, response] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage];
      expect([payloadOf(token), response.statusCode]).toEqual([payloadOf(token), 401]);
      response.destroy();
    }
  });

  test('is refused in band, and the connection continues', async () => {
    // A connection is closed after 20 faults.
    for (let n = 0; n < tokens.length; n += 15) {
      const client = await FrameSocket.live(server, tokenOf(server, { sub: 'admin', exp: IN_AN_HOUR }));
      await client.next('live');
      for (const token of tokens.slice(n, n + 15)) {
        client.send({ event: 'authenticate', data: { token } });
        expect((await client.next('error')).data.code).toBe('unauthenticated');
      }
      client.send({ event: 'heartbeat' });
      await client.next('heartbeat_ack');
      client.socket.terminate();
    }
  });
});

function payloadOf(token: string): string {
  return Buffer.from(token.split('.')[1]!, 'base64url').toString();
}
