import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { WebSocket } from 'ws';
import { CLOSE_UNAUTHENTICATED } from '../../../protocol/close-codes.js';
import { isInvalidToken } from '../auth/auth-refusals.js';
import { Connections } from './connections.js';
import { FrameError } from './frame-reader.js';

/** The one place where errors of message handlers become frames or close codes. */
@Catch()
export class WsErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger(WsErrorFilter.name);

  constructor(private readonly connections: Connections) {}

  catch(error: unknown, host: ArgumentsHost): void {
    this.answer(host.switchToWs().getClient<WebSocket>(), error);
  }

  answer(socket: WebSocket, error: unknown): void {
    const connection = this.connections.of(socket);
    if (error instanceof FrameError) connection?.reject(error.code, error.message);
    else if (isInvalidToken(error)) connection?.close(CLOSE_UNAUTHENTICATED, 'the token has expired');
    else {
      this.logger.error(error);
      connection?.reject('internal', 'Something went wrong here; it has been logged');
    }
  }
}
