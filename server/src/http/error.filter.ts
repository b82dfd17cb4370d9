import type { FieldError, RefusalCode } from '@herald/protocol';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { StoreUnavailable } from '../repository/store-errors.js';
import { internalError, Refusal, storeUnavailable } from './refusal/refusal.js';
import { sendRefusal } from './refusal/send-refusal.js';

/** The one place where errors become HTTP answers. Logs an unexpected error and answers 500 without its message. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger(ErrorFilter.name);

  catch(error: unknown, host: ArgumentsHost): void {
    sendRefusal(host.switchToHttp().getResponse<FastifyReply>(), this.#refusalFor(error));
  }

  #refusalFor(error: unknown): Refusal {
    if (error instanceof Refusal) return error;
    if (isHungUp(error))
      return new Refusal(400, 'bad_request', 'The client closed the connection before the request was complete');
    if (error instanceof HttpException && error.getStatus() < 500)
      return frameworkRefusal(error.getStatus(), error.message);
    if (error instanceof StoreUnavailable) {
      this.logger.error(error.message);
      return storeUnavailable();
    }
    this.logger.error(error);
    return internalError();
  }
}

/** Answers an error that Fastify finds before it has a route and its filter: a URL that can't be decoded. */
export function answerFrameworkError(
  { statusCode = 400, message }: FastifyError,
  _: FastifyRequest,
  reply: FastifyReply,
): void {
  sendRefusal(reply.header('Cache-Control', 'no-store'), frameworkRefusal(statusCode, message));
}

const FRAMEWORK_CODES: Partial<Record<number, RefusalCode>> = {
  404: 'unknown_path',
  405: 'method_not_allowed',
  413: 'body_too_large',
  414: 'path_too_long',
  415: 'unsupported_media_type',
};

const BODY_TOO_LARGE: FieldError = { field: 'body', code: 'body_too_large', reason: 'body is too large' };

/** A refusal by Nest or Fastify. */
function frameworkRefusal(statusCode: number, message: string): Refusal {
  const facts = statusCode === 413 ? { details: [BODY_TOO_LARGE] } : {};
  return new Refusal(statusCode, FRAMEWORK_CODES[statusCode] ?? 'bad_request', message, facts);
}

/** The client has closed the connection before its body was complete: nobody reads the answer. */
function isHungUp(error: unknown): boolean {
  const { code, statusCode } = (error ?? {}) as { code?: unknown; statusCode?: unknown };
  return code === 'ECONNRESET' && statusCode === 400;
}
