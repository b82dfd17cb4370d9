import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { STATUS_CODES } from 'node:http';
import type { ErrorAnswer } from '../../../protocol/http.js';
import { TooManyTopicsError, UnknownAccountError, UsernameTakenError } from '../accounts/accounts-errors.js';
import {
  HashingBusyError,
  InvalidCredentialsError,
  InvalidTokenError,
  NotAllowedError,
  TooManyAttemptsError,
  TooManySignInsError,
  TooManyWritesError,
} from '../auth/auth-errors.js';
import { AudienceRefusedError, UnknownRecipientError } from '../notifications/audience-errors.js';
import { TooManyConnectionsError } from '../gateway/connection-limits.js';
import {
  IdempotencyConflictError,
  NotSenderError,
  TooManyKeysError,
  TooManyScheduledError,
  TooManySendsError,
  UnknownNotificationError,
} from '../notifications/notification-errors.js';
import { PreferencesTooLargeError } from '../preferences/preferences-errors.js';
import { NothingToConfirmError, UnknownActionError } from '../receipts/receipt-errors.js';
import { InvalidRequestError } from '../validation/validation.pipe.js';
import { TooMuchUnderWayError } from './bytes-under-way.js';

/** The one place where errors become HTTP answers. What is not expected is logged and told as 500, without its words. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger(ErrorFilter.name);

  catch(error: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const answer = this.#answerTo(error);
    if (isToComeBack(error)) {
      reply.header('Retry-After', String(error.retryAfterSeconds));
    }
    if (error instanceof InvalidTokenError) reply.header('WWW-Authenticate', 'Bearer');
    reply.status(answer.statusCode).send(answer);
  }

  #answerTo(error: unknown): ErrorAnswer {
    if (error instanceof InvalidRequestError) {
      return { ...refusal(400, error.message), details: error.details };
    }
    if (error instanceof InvalidCredentialsError || error instanceof InvalidTokenError) {
      return refusal(401, error.message);
    }
    if (error instanceof NotAllowedError || error instanceof NotSenderError) return refusal(403, error.message);
    if (error instanceof AudienceRefusedError) return about(error.field, error.reason, refusal(403, error.message));
    if (error instanceof UnknownRecipientError) return about(error.field, error.reason, refusal(400, error.message));
    if (isUnknown(error)) return refusal(404, error.message);
    if (error instanceof UsernameTakenError) return about('username', 'username is taken', refusal(409, error.message));
    if (isConflict(error)) return refusal(409, error.message);
    if (error instanceof TooManyConnectionsError || error instanceof TooMuchUnderWayError)
      return refusal(error.statusCode, error.message);
    if (error instanceof HashingBusyError) return refusal(503, error.message);
    if (isToComeBack(error)) return refusal(429, error.message);
    if (error instanceof HttpException && error.getStatus() === 413)
      return about('body', 'body is too large', refusal(413, error.message));
    if (isHungUp(error)) return refusal(400, 'The request was broken off');
    if (error instanceof HttpException && error.getStatus() < 500) return refusal(error.getStatus(), error.message);
    this.logger.error(error);
    return refusal(500, 'Something went wrong here; it has been logged');
  }
}

/** What Fastify refuses before there is a route, and so a filter: an address that can't be decoded. */
export function answerFrameworkError(
  { statusCode = 400, message }: FastifyError,
  _: FastifyRequest,
  reply: FastifyReply,
): void {
  reply.status(statusCode).header('Cache-Control', 'no-store').send(refusal(statusCode, message));
}

function refusal(statusCode: number, message: string): ErrorAnswer {
  return { statusCode, error: STATUS_CODES[statusCode] ?? 'Error', message };
}

function about(field: string, reason: string, answer: ErrorAnswer): ErrorAnswer {
  return { ...answer, details: [{ field, reason }] };
}

function isToComeBack(error: unknown): error is Error & { retryAfterSeconds: number } {
  const refusals = [
    TooManyAttemptsError,
    TooManySignInsError,
    HashingBusyError,
    TooManySendsError,
    TooManyWritesError,
    TooManyKeysError,
    TooManyConnectionsError,
    TooMuchUnderWayError,
  ];
  return refusals.some((one) => error instanceof one);
}

function isUnknown(error: unknown): error is Error {
  const unknown = [UnknownAccountError, UnknownActionError, UnknownNotificationError];
  return unknown.some((one) => error instanceof one);
}

function isConflict(error: unknown): error is Error {
  const conflicts = [
    NothingToConfirmError,
    TooManyTopicsError,
    TooManyScheduledError,
    PreferencesTooLargeError,
    IdempotencyConflictError,
  ];
  return conflicts.some((conflict) => error instanceof conflict);
}

/** The client has gone in the middle of its body: nobody hears the answer, and it is no fault of the server's. */
function isHungUp(error: unknown): boolean {
  const { code, statusCode } = (error ?? {}) as { code?: unknown; statusCode?: unknown };
  return code === 'ECONNRESET' && statusCode === 400;
}
