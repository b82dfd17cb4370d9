import { createHmac, randomUUID } from 'node:crypto';
import { DEVELOPMENT_SECRET } from '../src/config/secret-rules.js';
import { Store } from '../src/repository/store.js';
import type { RunningServer } from './running-server.js';

export const IN_AN_HOUR = Math.floor(Date.now() / 1000) + 3600;

/** A token made by hand. The server accepts it unless `claims`, `alg` or `secret` make it invalid. */
export function tokenOf(server: RunningServer, claims: object, alg = 'HS256', secret = DEVELOPMENT_SECRET): string {
  const store = server.app.get(Store, { strict: false }).id;
  const iat = Math.floor(Date.now() / 1000);
  const { iat: auth_time = iat } = claims as { iat?: number };
  return signed({ iat, auth_time, jti: randomUUID(), sid: randomUUID(), gen: 0, store, ...claims }, alg, secret);
}

/** A signed token with any payload. */
export function signed(payload: unknown, alg = 'HS256', secret = DEVELOPMENT_SECRET): string {
  const [head, body] = [{ alg, typ: 'JWT' }, payload].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  if (alg === 'none') return `${head}.${body}.`;
  return `${head}.${body}.${createHmac(alg.replace('HS', 'sha'), secret).update(`${head}.${body}`).digest('base64url')}`;
}
