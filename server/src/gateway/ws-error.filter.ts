import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import { isInvalidToken } from '../auth/auth-refusals.js';
import { tokenRefused } from '../connections/closes.js';
import { FrameError, internalFrameError } from './frame-error.js';
import type { SocketConnection } from './socket-connection.js';

/** Turns errors of frames into answers or closes; nothing else does. */
@Catch()
export class WsErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger(WsErrorFilter.name);

  catch(error: unknown, host: ArgumentsHost): void {
    this.answer(host.switchToWs().getClient<SocketConnection>(), error);
  }

  answer(connection: SocketConnection, error: unknown): void {
    if (error instanceof FrameError) connection.reject(error);
    else if (isInvalidToken(error)) connection.close(tokenRefused(error));
    else {
      this.logger.error(error);
      connection.reject(internalFrameError());
    }
  }
}
