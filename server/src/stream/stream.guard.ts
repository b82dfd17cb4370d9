import { type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { bearerTokenOf } from '../auth/jwt.strategy.js';
import type { Principal } from '../auth/principal.js';
import { ReaderCheck } from '../auth/reader-check.js';
import { ReaderGuard } from '../auth/reader.guard.js';
import { Tickets } from '../auth/tickets.js';
import { TokenService } from '../auth/token.service.js';

type Request = FastifyRequest<{ Querystring: { ticket?: string | string[] } }> & { user?: Principal };

/** Admits as `ReaderGuard` does, and by a ticket in the query: an `EventSource` of a browser can't set headers. */
@Injectable()
export class StreamGuard extends ReaderGuard {
  constructor(
    tokens: TokenService,
    readers: ReaderCheck,
    private readonly tickets: Tickets,
  ) {
    super(tokens, readers);
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const { ticket } = request.query;
    if (bearerTokenOf(request) !== null || typeof ticket !== 'string') return super.canActivate(context);
    request.user = await this.tickets.use(ticket, request.headers);
    return true;
  }
}
