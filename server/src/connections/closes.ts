import {
  CLOSE_DRAINING,
  CLOSE_HEARTBEAT_MISSED,
  CLOSE_INTERNAL,
  CLOSE_MALFORMED,
  CLOSE_TOO_MUCH,
  CLOSE_TOO_SLOW,
  CLOSE_UNAUTHENTICATED,
} from '@herald/protocol';
import type { Refusal } from '../http/refusal/refusal.js';

/**
 * A close by the server: a code of `protocol/close-codes.ts` for the client, and a reason for people.
 * WebSocket allows 123 bytes for a reason (RFC 6455, section 5.5).
 */
export interface Close {
  readonly code: number;
  readonly reason: string;
}

export const TOKEN_EXPIRED: Close = { code: CLOSE_UNAUTHENTICATED, reason: 'the token has expired' };
export const STOPPING: Close = { code: CLOSE_DRAINING, reason: 'the server is stopping' };
export const LOG_UNREADABLE: Close = { code: CLOSE_INTERNAL, reason: 'the log cannot be read at the moment' };
export const NO_HELLO: Close = { code: CLOSE_MALFORMED, reason: 'no hello within 5 s' };
export const NO_SIGN_OF_LIFE: Close = { code: CLOSE_HEARTBEAT_MISSED, reason: 'no sign of life' };
export const TOO_MANY_FRAMES: Close = { code: CLOSE_TOO_MUCH, reason: 'too many frames' };
export const TOO_MANY_FAULTS: Close = { code: CLOSE_MALFORMED, reason: 'too many faulty frames' };
export const UNREAD_ENTRIES: Close = { code: CLOSE_TOO_SLOW, reason: 'acknowledges but does not read' };
/** An event stream is cut, so its client is not told. */
export const UNREAD_EVENTS: Close = { code: CLOSE_TOO_SLOW, reason: 'does not read' };
export const UNREAD_ANSWERS: Close = { code: CLOSE_TOO_SLOW, reason: 'sends but does not read' };

/** The token of the connection is no longer valid, for the reason of the refusal. */
export function tokenRefused({ message }: Refusal): Close {
  return { code: CLOSE_UNAUTHENTICATED, reason: message };
}
