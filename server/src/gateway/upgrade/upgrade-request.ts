import proxyAddr from '@fastify/proxy-addr';
import { BEARER_PROTOCOL_PREFIX } from '@herald/protocol';
import type { IncomingMessage } from 'node:http';
import { withoutPort } from '../../auth/network-of.js';

/** Paths of the WebSocket. Clients of the system that Herald replaces may use `/api/ws`. */
export const SOCKET_PATHS = ['/ws', '/api/ws'];

/** Whether the path of the request is one of the WebSocket's. */
export function isForSocket({ url = '' }: IncomingMessage): boolean {
  return SOCKET_PATHS.includes(url.split('?', 1)[0] ?? '');
}

/**
 * The token of the header `Authorization` (RFC 6750), or else of a sub-protocol `bearer.<jwt>` (for browsers, which can't
 * set headers).
 */
export function tokenInHeaders({ headers }: IncomingMessage): string | undefined {
  const [scheme, credentials] = headers.authorization?.trim().split(/ +/) ?? [];
  if (scheme?.toLowerCase() === 'bearer') return credentials;
  const offered = headers['sec-websocket-protocol']?.split(',').map((protocol) => protocol.trim()) ?? [];
  const bearer = offered.find((protocol) => protocol.startsWith(BEARER_PROTOCOL_PREFIX));
  return bearer?.slice(BEARER_PROTOCOL_PREFIX.length);
}

/** A parameter of the query. */
export function queryParameter({ url = '' }: IncomingMessage, name: 'ticket' | 'token'): string | undefined {
  const query = url.indexOf('?');
  return query < 0 ? undefined : (new URLSearchParams(url.slice(query)).get(name) ?? undefined);
}

/**
 * The address of the client: the nearest one that is not a trusted proxy, like Fastify's `request.ip`. Empty when the
 * client is already gone.
 * @param isTrusted a result of `trustedProxies`
 */
export function clientAddress(request: IncomingMessage, isTrusted: (address: string) => boolean): string {
  return request.socket.remoteAddress === undefined ? '' : withoutPort(proxyAddr(request, isTrusted));
}
