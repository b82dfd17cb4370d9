import { connect, type Socket } from 'node:net';
import type { RunningServer } from '../running-server.js';

/** A client that writes arbitrary bytes, reads every answer and hangs up. */
export class Attacker {
  constructor(
    readonly server: RunningServer,
    readonly token: string,
  ) {}

  upgrade(protocols = 'herald.v1'): string {
    return [
      'GET /ws HTTP/1.1',
      `Host: ${this.server.host}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      ...(protocols === '' ? [] : [`Sec-WebSocket-Protocol: ${protocols}`]),
      `Authorization: Bearer ${this.token}`,
      '\r\n',
    ].join('\r\n');
  }

  post(path: string, method: string, body: string): string {
    const head = [`${method} ${path} HTTP/1.1`, `Host: ${this.server.host}`, `Authorization: Bearer ${this.token}`];
    return [...head, 'Content-Type: application/json', `Content-Length: ${Buffer.byteLength(body)}`, '', body].join(
      '\r\n',
    );
  }

  /** Writes all chunks and ends its side. Resolves with the server's answer once the server has hung up too. */
  async say(...chunks: (string | Buffer)[]): Promise<string> {
    const socket = this.open();
    const heard: Buffer[] = [];
    socket.on('data', (chunk) => heard.push(chunk));
    for (const chunk of chunks) socket.write(chunk);
    socket.end();
    await new Promise((resolve) => socket.once('close', resolve));
    return Buffer.concat(heard).toString('latin1');
  }

  /** A connection that ignores resets, which are no fault of the test. */
  open(): Socket {
    const socket = connect({ port: this.server.port, host: '127.0.0.1' });
    socket.on('error', () => undefined);
    return socket;
  }
}
