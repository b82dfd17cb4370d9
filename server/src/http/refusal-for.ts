import type { FieldError, RefusalCode } from '@herald/protocol';
import { HttpException, type Logger } from '@nestjs/common';
import { StoreUnavailable } from '../repository/store-errors.js';
import { internalError, Refusal, storeUnavailable } from './refusal/refusal.js';

const FRAMEWORK_CODES: Partial<Record<number, RefusalCode>> = {
  404: 'unknown_path',
  405: 'method_not_allowed',
  413: 'body_too_large',
  414: 'path_too_long',
  415: 'unsupported_media_type',
};

const BODY_TOO_LARGE: FieldError = { field: 'body', code: 'body_too_large', reason: 'body is too large' };

/** The refusal that an error becomes. An unexpected error is logged, and becomes 500 without its message. */
export function refusalFor(error: unknown, logger: Logger): Refusal {
  if (error instanceof Refusal) return error;
  if (isHungUp(error))
    return new Refusal(400, 'bad_request', 'The client closed the connection before the request was complete');
  if (error instanceof HttpException && error.getStatus() < 500)
    return frameworkRefusal(error.getStatus(), error.message);
  if (error instanceof StoreUnavailable) {
    logger.error(error.message);
    return storeUnavailable();
  }
  if (isFastifyFault(error)) return frameworkRefusal(error.statusCode, error.message);
  logger.error(error);
  return internalError();
}

/** A refusal by Nest or Fastify. */
export function frameworkRefusal(statusCode: number, message: string): Refusal {
  const facts = statusCode === 413 ? { details: [BODY_TOO_LARGE] } : {};
  // Nest would repeat the path, which may have a key.
  const words = statusCode === 404 ? 'There is nothing at this path' : message;
  return new Refusal(statusCode, FRAMEWORK_CODES[statusCode] ?? 'bad_request', words, facts);
}

/** The client has closed the connection before its body was complete: nobody reads the answer. */
function isHungUp(error: unknown): boolean {
  const { code, statusCode } = (error ?? {}) as { code?: unknown; statusCode?: unknown };
  return code === 'ECONNRESET' && statusCode === 400;
}

/** A fault of the request that Fastify finds on a route that is not Nest's. */
function isFastifyFault(error: unknown): error is Error & { statusCode: number } {
  const { code, statusCode = 500 } = (error ?? {}) as { code?: unknown; statusCode?: number };
  return typeof code === 'string' && code.startsWith('FST_') && statusCode < 500;
}
