import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { sendRefusal } from './refusal/send-refusal.js';
import { frameworkRefusal, refusalFor } from './refusal-for.js';

/** The one place where errors of the API become HTTP answers. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger(ErrorFilter.name);

  catch(error: unknown, host: ArgumentsHost): void {
    sendRefusal(host.switchToHttp().getResponse<FastifyReply>(), refusalFor(error, this.logger));
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
