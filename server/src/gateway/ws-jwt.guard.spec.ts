import type { Duplex } from 'node:stream';
import { invalidToken } from '../auth/auth-refusals.js';
import type { Principal } from '../auth/principal.js';
import type { ReaderCheck } from '../auth/reader-check.js';
import type { Tickets } from '../auth/tickets.js';
import { checkEnvironment } from '../config/read-environment.js';
import { FrameError } from './frame-error.js';
import { type HeraldSocket, SocketConnection } from './socket-connection.js';
import { WsJwtGuard } from './ws-jwt.guard.js';

const ADA = { username: 'ada', sessionId: '', generation: 0, signedInAt: 0, expiresAt: 1000 };

/** A guard whose check of tokens answers with `verify`. */
const guardOf = (verify: () => Promise<Principal>): WsJwtGuard =>
  new WsJwtGuard({ verify } as unknown as ReaderCheck, {} as Tickets, checkEnvironment({}));

describe('renewal of a connection', () => {
  let connection: SocketConnection;

  beforeEach(() => {
    connection = new SocketConnection({} as HeraldSocket, {} as Duplex, ADA, '192.0.2.1');
  });

  test('takes a fresh token of its user', async () => {
    const fresh = { username: 'ada', sessionId: '', generation: 0, signedInAt: 0, expiresAt: 2000 };
    await guardOf(() => Promise.resolve(fresh)).renew(connection, 'token');
    expect(connection.principal).toEqual(fresh);
  });

  test('refuses a token of another user, and an invalid one', async () => {
    const other = guardOf(() =>
      Promise.resolve({ username: 'eve', sessionId: '', generation: 0, signedInAt: 0, expiresAt: 2000 }),
    );
    await expect(other.renew(connection, 'token')).rejects.toEqual(
      new FrameError('unauthenticated', 'The token belongs to another user'),
    );
    const invalid = guardOf(() => Promise.reject(invalidToken('The token is not valid')));
    await expect(invalid.renew(connection, 'token')).rejects.toEqual(
      new FrameError('unauthenticated', 'The token is not valid'),
    );
    expect(connection.principal).toEqual(ADA);
  });

  test('passes on a failure of the store', async () => {
    const broken = guardOf(() => Promise.reject(new RangeError('disk')));
    await expect(broken.renew(connection, 'token')).rejects.toThrow(RangeError);
  });
});
