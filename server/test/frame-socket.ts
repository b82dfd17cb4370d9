import type { ServerFrame } from '@herald/protocol';
import { on, once } from 'node:events';
import { WebSocket } from 'ws';
import type { RunningServer } from './running-server.js';

type FrameOf<Event extends ServerFrame['event']> = Extract<ServerFrame, { event: Event }>;

export interface Close {
  code: number;
  reason: string;
}

/** A client's end of a WebSocket with a queue of its frames, so that a test waits for frames, not for time. */
export class FrameSocket {
  readonly closed: Promise<Close>;
  readonly #messages: AsyncIterator<[Buffer, boolean]>;

  constructor(readonly socket: WebSocket) {
    this.#messages = on(socket, 'message', { close: ['close'] }) as AsyncIterator<[Buffer, boolean]>;
    this.closed = new Promise((resolve) => {
      socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() }));
    });
  }

  /** A client of herald.v1 before its hello. */
  static open(server: Pick<RunningServer, 'host'>, token: string): Promise<FrameSocket> {
    return FrameSocket.#connect(new WebSocket(`ws://${server.host}/ws`, ['herald.v1', `bearer.${token}`]));
  }

  /** A client of herald.v1 after its welcome. */
  static async live(server: Pick<RunningServer, 'host'>, token: string): Promise<FrameSocket> {
    const client = await FrameSocket.open(server, token);
    client.send({ event: 'hello' });
    await client.next('welcome');
    return client;
  }

  /** A plain client, without the sub-protocol, before it has read its welcome. */
  static plain(server: Pick<RunningServer, 'host'>, token: string): Promise<FrameSocket> {
    return FrameSocket.#connect(
      new WebSocket(`ws://${server.host}/ws`, { headers: { Authorization: `Bearer ${token}` } }),
    );
  }

  static async #connect(socket: WebSocket): Promise<FrameSocket> {
    const client = new FrameSocket(socket);
    await once(socket, 'open');
    return client;
  }

  /** @param frame text or bytes to send unchanged, or an object to send as JSON */
  send(frame: object | string | Buffer): void {
    this.socket.send(typeof frame === 'string' || Buffer.isBuffer(frame) ? frame : JSON.stringify(frame));
  }

  /** The next frame, which must be of this event. Rejects if the socket closes instead. */
  next<Event extends ServerFrame['event']>(event: Event): Promise<FrameOf<Event>> {
    return this.nextOf(event);
  }

  /** The next frame, which must be of one of these events. */
  async nextOf<Event extends ServerFrame['event']>(...events: Event[]): Promise<FrameOf<Event>> {
    const { value, done } = await this.#messages.next();
    if (done) throw new Error(`closed before a frame '${events.join("' or '")}'`);
    const [message, isBinary] = value;
    const frame = JSON.parse(message.toString()) as ServerFrame;
    expect([events, isBinary]).toEqual([expect.arrayContaining([frame.event]), false]);
    return frame as FrameOf<Event>;
  }
}
