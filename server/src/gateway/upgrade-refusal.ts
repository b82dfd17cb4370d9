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

/** Answers in the API's error shape and hangs up. The socket may be gone already. */
export function refuseUpgrade(socket: Duplex, { statusCode, message, headers }: UpgradeRefusal): void {
  const answer: ErrorAnswer = { statusCode, error: STATUS_CODES[statusCode] ?? 'Error', message };
  const body = JSON.stringify(answer);
  const head = [
    `HTTP/1.1 ${statusCode} ${answer.error}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  socket.once('finish', () => socket.destroy());
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
