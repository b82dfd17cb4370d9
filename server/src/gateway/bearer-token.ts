import type { IncomingMessage } from 'node:http';
import { BEARER_PROTOCOL_PREFIX } from '../../../protocol/frames.js';

/**
 * The token of an upgrade request, from the first place that has one: the Authorization header (RFC 6750),
 * a `bearer.<jwt>` sub-protocol (for browsers, which can set no header), the `token` query parameter (for curl).
 */
export function bearerToken({ headers, url = '' }: IncomingMessage): string | undefined {
  const [scheme, credentials] = headers.authorization?.trim().split(/ +/) ?? [];
  if (scheme?.toLowerCase() === 'bearer') return credentials;
  const offered = headers['sec-websocket-protocol']?.split(',').map((protocol) => protocol.trim()) ?? [];
  const bearer = offered.find((protocol) => protocol.startsWith(BEARER_PROTOCOL_PREFIX));
  if (bearer !== undefined) return bearer.slice(BEARER_PROTOCOL_PREFIX.length);
  const query = url.indexOf('?');
  return query < 0 ? undefined : (new URLSearchParams(url.slice(query)).get('token') ?? undefined);
}
