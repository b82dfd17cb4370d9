import type { Duplex } from 'node:stream';
import { Refusal } from './refusal.js';
import { refusalTotals } from './refusal-totals.js';

/** Time for the client to read the answer and to stop sending. */
export const LINGER_MS = 2000;
/** Refused sockets that wait for their clients; beyond that they are closed at once. */
const LINGERING_MAX = 1000;

let lingering = 0;

/**
 * Sends a refusal on a socket that has no HTTP response, and hangs up as RFC 9112, section 9.6, recommends: a close of
 * both sides would reset the connection of a client that is still sending, and it could lose the answer. The socket may
 * be gone already.
 */
export function refuseSocket(socket: Duplex, { statusCode, code, answer, headers }: Refusal): void {
  if (socket.destroyed) return;
  refusalTotals[code] += 1;
  const body = JSON.stringify(answer);
  const head = [
    `HTTP/1.1 ${statusCode} ${answer.error}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'Connection: close',
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  if (lingering < LINGERING_MAX) linger(socket);
  else socket.once('finish', () => socket.destroy());
}

/** Discards what still arrives until the client closes its side, for a limited time. */
function linger(socket: Duplex): void {
  lingering += 1;
  const timeout = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once('close', () => {
    lingering -= 1;
    clearTimeout(timeout);
  });
  socket.resume();
}
