import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ErrorAnswer } from '../../../protocol/http.js';

/** An upgrade that is answered with an HTTP error instead of 101. */
export class UpgradeRefusal extends Error {
  constructor(
    readonly statusCode: number,
    message: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(message);
    this.name = 'UpgradeRefusal';
  }
}

/** ws's own refusals of a handshake (RFC 6455, section 4.2.1), by their messages. */
const HANDSHAKE_REFUSALS: Record<string, { statusCode: number; headers: Record<string, string> }> = {
  'Invalid HTTP method': { statusCode: 405, headers: { Allow: 'GET' } },
  'Missing or invalid Sec-WebSocket-Version header': { statusCode: 400, headers: { 'Sec-WebSocket-Version': '13, 8' } },
};

/** Renders ws's refusal of a handshake in the format of the API. */
export function handshakeRefusal({ message }: Error): UpgradeRefusal {
  const { statusCode, headers } = HANDSHAKE_REFUSALS[message] ?? { statusCode: 400, headers: {} };
  return new UpgradeRefusal(statusCode, message, headers);
}

/** Answers in the API's error shape and hangs up. The socket may be gone already. */
export function refuseUpgrade(socket: Duplex, { statusCode, message, headers }: UpgradeRefusal): void {
  const answer: ErrorAnswer = { statusCode, error: STATUS_CODES[statusCode] ?? 'Error', message };
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
