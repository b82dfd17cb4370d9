import { CLOSE_TOO_BIG } from '@herald/protocol';
import type { Close } from '../connections/closes.js';

/** Codes of RFC 6455, section 7.4.1, with which ws closes a connection after an error; all others are 1002. */
const CODES: Partial<Record<string, number>> = {
  WS_ERR_INVALID_UTF8: 1007,
  WS_ERR_TOO_MANY_BUFFERED_PARTS: 1008,
  WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH: CLOSE_TOO_BIG,
  WS_ERR_UNSUPPORTED_MESSAGE_LENGTH: CLOSE_TOO_BIG,
};
const PROTOCOL_ERROR = 1002;

/** The close that ws sends for an error of a socket; undefined if the client is gone. */
export function closeOfFault({ code, message }: NodeJS.ErrnoException): Close | undefined {
  if (code?.startsWith('WS_ERR_') !== true) return undefined;
  return { code: CODES[code] ?? PROTOCOL_ERROR, reason: message };
}
