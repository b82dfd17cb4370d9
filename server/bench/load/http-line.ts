import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A keep-alive HTTP connection that posts one request at a time. Servers close it after a long idle time. */
export class HttpLine {
  #socket: Socket;
  #answer = '';
  #pending: { resolve: () => void; reject: (error: Error) => void } | undefined;

  private constructor(private readonly port: number) {
    this.#socket = this.#connect();
  }

  static async open(port: number): Promise<HttpLine> {
    const line = new HttpLine(port);
    await once(line.#socket, 'connect');
    return line;
  }

  /** Resolves once the answer is complete. Rejects unless it is a 2xx. */
  post(request: Buffer): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#pending = { resolve, reject };
      if (this.#socket.closed) this.#socket = this.#connect();
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #connect(): Socket {
    const socket = connect({ port: this.port, host: '127.0.0.1', noDelay: true });
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => this.#read(text));
    socket.on('error', (error) => this.#pending?.reject(error));
    socket.on('close', () => this.#pending?.reject(new Error('The server closed an HTTP connection')));
    return socket;
  }

  #read(text: string): void {
    this.#answer += text;
    const headEnd = this.#answer.indexOf('\r\n\r\n');
    if (headEnd < 0) return;
    const head = this.#answer.slice(0, headEnd);
    if (!isWhole(head, this.#answer.slice(headEnd + 4))) return;
    const pending = this.#pending;
    this.#pending = undefined;
    this.#answer = '';
    if (head.startsWith('HTTP/1.1 2')) pending?.resolve();
    else pending?.reject(new Error(`Publishing was answered with ${head.split('\r\n', 1)[0] ?? ''}`));
  }
}

function isWhole(head: string, body: string): boolean {
  const length = /content-length: (\d+)/i.exec(head)?.[1];
  return length === undefined ? body.endsWith('0\r\n\r\n') : body.length >= Number(length);
}
