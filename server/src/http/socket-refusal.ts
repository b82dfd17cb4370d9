import type { Duplex } from 'node:stream';
import { Refusal } from './refusal.js';

/** Sends a refusal on a socket that has no HTTP response, and hangs up. The socket may be gone already. */
export function refuseSocket(socket: Duplex, { statusCode, answer, headers }: Refusal): void {
  const body = JSON.stringify(answer);
  const head = [
    `HTTP/1.1 ${statusCode} ${answer.error}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'Connection: close',
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  socket.once('finish', () => socket.destroy());
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
