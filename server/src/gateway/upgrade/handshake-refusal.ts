import type { IncomingMessage } from 'node:http';
import { Refusal } from '../../http/refusal.js';

/** Versions of the protocol that ws accepts. */
const VERSIONS = ['13', '8'];

/** Renders ws's own refusal of a handshake (RFC 6455, section 4.2.1) in the format of the API. */
export function handshakeRefusal({ message }: Error, { method, headers }: IncomingMessage): Refusal {
  if (method !== 'GET') return new Refusal(405, 'method_not_allowed', message, { headers: { Allow: 'GET' } });
  const isKnown = VERSIONS.includes(headers['sec-websocket-version'] ?? '');
  return new Refusal(
    400,
    'bad_request',
    message,
    isKnown ? {} : { headers: { 'Sec-WebSocket-Version': VERSIONS.join(', ') } },
  );
}
