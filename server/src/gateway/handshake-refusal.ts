import { Refusal } from '../http/refusal.js';

/** Renders ws's own refusal of a handshake (RFC 6455, section 4.2.1) in the format of the API. */
export function handshakeRefusal({ message }: Error): Refusal {
  if (message === 'Invalid HTTP method')
    return new Refusal(405, 'method_not_allowed', message, { headers: { Allow: 'GET' } });
  const isVersion = message === 'Missing or invalid Sec-WebSocket-Version header';
  return new Refusal(400, 'bad_request', message, isVersion ? { headers: { 'Sec-WebSocket-Version': '13, 8' } } : {});
}
