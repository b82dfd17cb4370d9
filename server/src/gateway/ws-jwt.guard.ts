import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import { invalidToken, isInvalidToken } from '../auth/auth-refusals.js';
import type { Principal } from '../auth/principal.js';
import { ReaderCheck } from '../auth/reader-check.js';
import { Tickets } from '../auth/tickets.js';
import { Environment } from '../config/environment.js';
import { isRefusal } from '../http/refusal/refusal.js';
import { FrameError } from './frame-error.js';
import type { SocketConnection } from './socket-connection.js';
import { queryParameter, tokenInHeaders } from './upgrade/upgrade-request.js';

/**
 * Checks the token twice: at the upgrade, where Nest runs no guard, and at each frame, since a token may expire while
 * the connection is open.
 */
@Injectable()
export class WsJwtGuard implements CanActivate {
  constructor(
    private readonly readers: ReaderCheck,
    private readonly tickets: Tickets,
    private readonly environment: Environment,
  ) {}

  /**
   * Checks the token, key or ticket of an upgrade request, from the first of these places that has one: a header, the
   * query parameter `ticket` (for browsers), the query parameter `token` (for curl).
   * @param from address of the client
   * @throws Refusal invalid_token | invalid_ticket | sign_in_forgotten | wrong_scope | too_many_failed_sign_ins |
   * too_many_tickets
   */
  async admit(request: IncomingMessage, from: string): Promise<Principal> {
    const inHeaders = tokenInHeaders(request);
    const ticket = inHeaders === undefined ? queryParameter(request, 'ticket') : undefined;
    if (ticket !== undefined) return this.tickets.use(ticket, request.headers);
    return this.readers.verify(inHeaders ?? this.#tokenInQuery(request), from);
  }

  /**
   * Replaces the token of the connection by a fresh one of the same user.
   * @throws FrameError when the token is refused; the connection keeps its old one
   */
  async renew(connection: SocketConnection, token: string): Promise<void> {
    const principal = await this.readers.verify(token, connection.address).catch((error: unknown) => {
      throw isInvalidToken(error) || isRefusal(error, 'wrong_scope', 'too_many_failed_sign_ins')
        ? new FrameError('unauthenticated', error.message)
        : error;
    });
    if (principal.username !== connection.principal.username) {
      throw new FrameError('unauthenticated', 'The token belongs to another user');
    }
    connection.renew(principal);
  }

  canActivate(context: ExecutionContext): boolean {
    this.check(context.switchToWs().getClient<SocketConnection>());
    return true;
  }

  /** Checks that the token of the connection has not expired. @throws Refusal invalid_token */
  check({ principal }: SocketConnection): void {
    if (principal.expiresAt <= Date.now()) throw invalidToken('The token has expired');
  }

  /** @throws Refusal invalid_token when the server takes none there */
  #tokenInQuery(request: IncomingMessage): string | undefined {
    const token = queryParameter(request, 'token');
    if (token !== undefined && this.environment.TOKEN_IN_QUERY === 'refused')
      throw invalidToken('This server refuses a token in the query: send it in a header');
    return token;
  }
}
