import proxyAddr from '@fastify/proxy-addr';
import { BEARER_PROTOCOL_PREFIX } from '@herald/protocol';
import type { IncomingMessage } from 'node:http';
import { invalidToken } from '../../auth/auth-refusals.js';
import { withoutPort } from '../../auth/network-of.js';
import type { Environment } from '../../config/environment.js';

/** Paths of the WebSocket. Clients of the system that Herald replaces may use `/api/ws`. */
export const SOCKET_PATHS = ['/ws', '/api/ws'];
/** An absent port, and the defaults of http and https. */
const DEFAULT_PORTS = ['', '80', '443'];

/** Whether the path of the request is one of the WebSocket's. */
export function isForSocket({ url = '' }: IncomingMessage): boolean {
  return SOCKET_PATHS.includes(url.split('?', 1)[0] ?? '');
}

/**
 * Whether a page may open a socket here: its origin must be the server's own, or on the allow-list. Browsers always
 * send Origin and other programs need not, so a request without one passes (RFC 6455, section 10.2).
 * @param allowed origins as browsers write them
 */
export function isAllowedOrigin({ headers }: IncomingMessage, allowed: readonly string[]): boolean {
  if (headers.origin === undefined) return true;
  const origin = originOf(headers.origin);
  return origin !== undefined && (allowed.includes(origin) || ownOrigins(headers.host ?? '').includes(origin));
}

/**
 * The token, from the first of these places that has one: the header `Authorization` (RFC 6750), a sub-protocol
 * `bearer.<jwt>` (for browsers, which can't set headers), the query parameter `token` (for curl).
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
    throw invalidToken('This server refuses a token in the query: send it in a header');
  return token;
}

/**
 * The address of the client: the nearest one that is not a trusted proxy, like Fastify's `request.ip`. Empty when the
 * client is already gone.
 * @param isTrusted a result of `trustedProxies`
 */
export function clientAddress(request: IncomingMessage, isTrusted: (address: string) => boolean): string {
  return request.socket.remoteAddress === undefined ? '' : withoutPort(proxyAddr(request, isTrusted));
}

/**
 * The origins that match a Host. Only a proxy in front knows whether the page was loaded by https, and some proxies add
 * the default port of a scheme to the Host.
 */
function ownOrigins(host: string): string[] {
  const url = URL.parse(`http://${host}`);
  if (url === null || url.href !== `${url.origin}/`) return [];
  const port = DEFAULT_PORTS.includes(url.port) ? '' : `:${url.port}`;
  return [`http://${url.hostname}${port}`, `https://${url.hostname}${port}`];
}

/** An origin without the default port. Undefined when the text holds more than a scheme, a host and a port. */
function originOf(text: string): string | undefined {
  const url = URL.parse(text);
  return url?.href === `${url?.origin}/` && !text.endsWith('/') ? url.origin : undefined;
}
