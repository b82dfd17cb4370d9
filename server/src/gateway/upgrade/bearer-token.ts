import type { IncomingMessage } from 'node:http';
import { BEARER_PROTOCOL_PREFIX } from '../../../../protocol/frames.js';
import { invalidToken } from '../../auth/auth-refusals.js';
import type { Environment } from '../../config/environment.js';

/**
 * The token of an upgrade request, from the first place that has one: the Authorization header (RFC 6750),
 * a `bearer.<jwt>` sub-protocol (for browsers, which can't set headers), the `token` query parameter (for curl).
 * @throws Refusal invalid_token when it is in the query, and refused there
 */
export function bearerToken(
  { headers, url = '' }: IncomingMessage,
  inQuery: Environment['TOKEN_IN_QUERY'],
): string | undefined {
  const [scheme, credentials] = headers.authorization?.trim().split(/ +/) ?? [];
  if (scheme?.toLowerCase() === 'bearer') return credentials;
  const offered = headers['sec-websocket-protocol']?.split(',').map((protocol) => protocol.trim()) ?? [];
  const bearer = offered.find((protocol) => protocol.startsWith(BEARER_PROTOCOL_PREFIX));
  if (bearer !== undefined) return bearer.slice(BEARER_PROTOCOL_PREFIX.length);
  const query = url.indexOf('?');
  const token = query < 0 ? undefined : (new URLSearchParams(url.slice(query)).get('token') ?? undefined);
  if (token !== undefined && inQuery === 'refused')
    throw invalidToken('A token in the address is refused here: send it in a header');
  return token;
}
