import type { IncomingMessage } from 'node:http';

/**
 * Whether a page may open a socket here: one on the server's own origin, or on the allow-list. Browsers always
 * send Origin and other programs need not, so a request without one passes (RFC 6455, section 10.2).
 */
export function isAllowedOrigin({ headers }: IncomingMessage, allowed: readonly string[]): boolean {
  const { origin, host } = headers;
  if (origin === undefined || allowed.includes(origin)) return true;
  return host !== undefined && (origin === `http://${host}` || origin === `https://${host}`);
}
