import type { ClientFrame, ServerFrame } from '@herald/protocol';
import { Injectable } from '@nestjs/common';
import type { RawData, WebSocket } from 'ws';
import { FrameError } from './frame-error.js';
import { readFrame } from './frame-reader.js';
import type { HeraldSocket, SocketConnection } from './socket-connection.js';
import { WsErrorFilter } from './ws-error.filter.js';
import { WsGateway } from './ws.gateway.js';
import { WsJwtGuard } from './ws-jwt.guard.js';

const EVENTS: Record<ClientFrame['event'], true> = { hello: true, ack: true, heartbeat: true, authenticate: true };

/**
 * Calls guard, handler and error filter for every frame of every client, as Nest's pipeline would. That costs four
 * times as much for each frame, and acknowledgements arrive by the ten thousand per second.
 */
@Injectable()
export class FrameDispatcher {
  constructor(
    private readonly gateway: WsGateway,
    private readonly guard: WsJwtGuard,
    private readonly errors: WsErrorFilter,
  ) {}

  listen({ socket }: SocketConnection): void {
    socket.on('message', this.#onMessage).on('ping', this.#onPing).on('pong', this.#onPong);
  }

  readonly #onMessage = listener((connection, message: RawData, isBinary: boolean) => {
    // With ws's default binaryType a message arrives as one Buffer.
    const bytes = message as Buffer;
    if (connection.hear(performance.now(), bytes.length)) this.#dispatch(connection, bytes, isBinary);
  });

  readonly #onPing = listener((connection, data: Buffer) => {
    if (connection.hear(performance.now(), data.length)) connection.pong(data);
  });

  readonly #onPong = listener((connection, data: Buffer) => void connection.hear(performance.now(), data.length));

  #dispatch(connection: SocketConnection, bytes: Buffer, isBinary: boolean): void {
    try {
      const { event, data } = readFrame(bytes, isBinary);
      if (!isKnown(event)) throw new FrameError('unknown_event', 'This event is not known here');
      this.guard.check(connection);
      const answer = this.gateway[event](connection, data);
      if (answer instanceof Promise) void this.#answerLater(connection, answer);
      else if (answer !== undefined) connection.send(answer);
    } catch (error) {
      this.errors.answer(connection, error);
    }
  }

  async #answerLater(connection: SocketConnection, pending: Promise<ServerFrame | undefined>): Promise<void> {
    try {
      const answer = await pending;
      if (answer !== undefined) connection.send(answer);
    } catch (error) {
      this.errors.answer(connection, error);
    }
  }
}

function isKnown(event: string): event is ClientFrame['event'] {
  return Object.hasOwn(EVENTS, event);
}

/** A listener that all sockets share; `this` is the socket. */
function listener<Args extends unknown[]>(
  listen: (connection: SocketConnection, ...args: Args) => void,
): (this: WebSocket, ...args: Args) => void {
  return function (this: WebSocket, ...args: Args) {
    const { connection } = this as HeraldSocket;
    if (connection !== undefined) listen(connection, ...args);
  };
}
