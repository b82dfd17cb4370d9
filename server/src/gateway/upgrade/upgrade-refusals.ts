import type { IncomingMessage } from 'node:http';
import { UNANSWERED_HOST } from '../../config/answered-hosts.js';
import { Refusal } from '../../http/refusal/refusal.js';
import { SOCKET_PATHS } from './upgrade-request.js';

/** Versions of the protocol that ws accepts. */
const VERSIONS = ['13', '8'];

/** The request is for a host that the server does not answer to. */
export function unknownHost(): Refusal {
  return new Refusal(421, 'unknown_host', UNANSWERED_HOST);
}

/** The WebSocket is at other paths. */
export function unknownSocketPath(): Refusal {
  return new Refusal(404, 'unknown_path', `The WebSocket is at ${SOCKET_PATHS.join(' and ')}`);
}

/** Renders ws's own refusal of a handshake (RFC 6455, section 4.2.1) in the format of the API. */
export function handshakeRefused({ message }: Error, { method, headers }: IncomingMessage): Refusal {
  if (method !== 'GET') return new Refusal(405, 'method_not_allowed', message, { headers: { Allow: 'GET' } });
  const isKnown = VERSIONS.includes(headers['sec-websocket-version'] ?? '');
  return new Refusal(
    400,
    'bad_request',
    message,
    isKnown ? {} : { headers: { 'Sec-WebSocket-Version': VERSIONS.join(', ') } },
  );
}

/** A plain request at a path of the WebSocket (RFC 9110, section 15.5.22). */
export function upgradeRequired(): Refusal {
  return new Refusal(426, 'upgrade_required', 'This path is for WebSockets only: send an upgrade request', {
    headers: { Upgrade: 'websocket', Connection: 'Upgrade' },
  });
}
