import { createHmac } from 'node:crypto';
import { DEVELOPMENT_SECRET } from '../src/config/environment.js';

export const IN_AN_HOUR = Math.floor(Date.now() / 1000) + 3600;

/** A token made by hand; by default as the server makes them. */
export function tokenOf(claims: object, alg = 'HS256', secret = DEVELOPMENT_SECRET): string {
  const [head, body] = [{ alg, typ: 'JWT' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));
  if (alg === 'none') return `${head}.${body}.`;
  return `${head}.${body}.${createHmac(alg.replace('HS', 'sha'), secret).update(`${head}.${body}`).digest('base64url')}`;
}
