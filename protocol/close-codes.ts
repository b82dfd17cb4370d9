/** 4400: too many invalid frames, or no `hello` in time. The client is faulty: stop. */
export const CLOSE_MALFORMED = 4400;
/** 4401: the token has expired or was revoked. Sign in again. */
export const CLOSE_UNAUTHENTICATED = 4401;
/** 4408: no sign of life for two and a half heartbeats. Reconnect. */
export const CLOSE_HEARTBEAT_MISSED = 4408;
/** 4429: too many frames or pings. Reconnect, later. */
export const CLOSE_TOO_MUCH = 4429;
/** 4503: the server drains before it stops. Reconnect. */
export const CLOSE_DRAINING = 4503;
/** 4508: the client reads too slowly. Reconnect and catch up. */
export const CLOSE_TOO_SLOW = 4508;
/**
 * 1011 (RFC 6455): the server can't go on with this connection, because the log can't be read for example. Reconnect.
 */
export const CLOSE_INTERNAL = 1011;
/** 1009 (RFC 6455): a frame was larger than `MAX_FRAME_BYTES`. The client is faulty: stop. */
export const CLOSE_TOO_BIG = 1009;

/**
 * Tells a client how to react to a close code. 4400 to 4407 and 1009 are faults that a reconnect would repeat;
 * all other codes, RFC 6455's own included, are temporary.
 */
export function afterClose(code: number): 'reconnect' | 'sign-in' | 'stop' {
  if (code === CLOSE_UNAUTHENTICATED) return 'sign-in';
  const faulty = code === CLOSE_TOO_BIG || (code >= CLOSE_MALFORMED && code < CLOSE_HEARTBEAT_MISSED);
  return faulty ? 'stop' : 'reconnect';
}
