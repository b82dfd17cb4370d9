import type { TicketAnswer } from '@herald/protocol';
import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { Environment } from '../config/environment.js';
import { RequestDone, ticketsOf } from '../repository/request-repository.js';
import { Store } from '../repository/store.js';
import { accountOfToken } from './account-of.js';
import { invalidTicket, originRefused, signInForgotten, tooManyTickets } from './auth-refusals.js';
import { isAllowedOrigin, isFromOrigin } from './origins.js';
import type { Principal } from './principal.js';
import { hasClaims, type ReadTicket, readTicketClaims, TICKET, type TicketClaims } from './token-claims.js';

const LIFETIME_SECONDS = 30;
/** Clocks of servers with the same store may differ by this much: one may take a ticket that another sees expired. */
const SKEW_SECONDS = 60;
/** Used tickets of one user that are remembered, and the charge for each. */
const USED_MAX = 900;
const USED_BYTES = 200;
const USED_ROOM = USED_MAX * USED_BYTES;
/** Each user has this room, whatever others use. */
const LIMITS = { bytes: USED_ROOM, bytesOfAll: USED_ROOM, reserved: USED_ROOM };

/**
 * Tickets: each stands for the token that it was made with, in the address of one WebSocket or event stream, since
 * browsers can set no header there. A ticket is signed, so any process with the store takes it; the store remembers its
 * id, once it was used, until no process takes it any more. It is as good as its token: a sign-out ends both.
 */
@Injectable()
export class Tickets {
  constructor(
    private readonly jwt: JwtService,
    private readonly store: Store,
    private readonly environment: Environment,
  ) {}

  /**
   * Makes a ticket for the origin of a request: the page that makes it is the one that uses it.
   * @throws Refusal origin_refused when pages of this origin may not connect
   */
  async issue(principal: Principal, headers: IncomingHttpHeaders): Promise<TicketAnswer> {
    if (!isAllowedOrigin(headers, this.environment.FRONTEND_URL)) throw originRefused();
    const iat = Math.floor(Date.now() / 1000);
    const tokenEnd = Math.floor(principal.expiresAt / 1000);
    const exp = Math.min(iat + LIFETIME_SECONDS, tokenEnd);
    const claims: TicketClaims = {
      aud: TICKET,
      sub: principal.username,
      iat,
      exp,
      auth_time: Math.floor(principal.signedInAt / 1000),
      jti: randomUUID(),
      sid: principal.sessionId,
      gen: principal.generation,
      store: this.store.id,
      token_exp: tokenEnd,
      ...(headers.origin !== undefined && { origin: headers.origin }),
    };
    return { ticket: await this.jwt.signAsync(claims), expiresAt: new Date(exp * 1000).toISOString() };
  }

  /**
   * Uses a ticket up.
   * @param headers of the request that has the ticket
   * @returns the principal of the token that it was made with
   * @throws Refusal invalid_ticket when it has expired, was used before, or was made for another origin |
   * sign_in_forgotten | invalid_token when its token was revoked | too_many_tickets
   */
  async use(ticket: string, headers: IncomingHttpHeaders): Promise<Principal> {
    const { principal, storeId, id, origin, expiresAt } = await this.#check(ticket);
    if (!isFromOrigin(origin, headers)) throw invalidTicket();
    if (storeId !== this.store.id) throw signInForgotten();
    await accountOfToken(principal, this.store.users);
    await this.#remember(principal.username, id, expiresAt);
    return principal;
  }

  async #check(ticket: string): Promise<ReadTicket> {
    try {
      const payload: unknown = hasClaims(ticket) && (await this.jwt.verifyAsync(ticket, { audience: TICKET }));
      const claims = readTicketClaims(payload);
      if (claims !== undefined) return claims;
    } catch {
      // Refused below.
    }
    throw invalidTicket();
  }

  /** @throws Refusal invalid_ticket when it is remembered already, or expires meanwhile | too_many_tickets */
  async #remember(username: string, id: string, expiresAt: number): Promise<void> {
    const { requests } = this.store;
    const sender = ticketsOf(username);
    // First, so that a ticket that was used before is told from one too many, and costs one read.
    if ((await requests.find(sender, id)) !== undefined) throw invalidTicket();
    const waitMs = await requests.msUntilRoom(sender, USED_BYTES, LIMITS);
    if (waitMs > 0) throw tooManyTickets(Math.ceil(waitMs / 1000));
    const until = new Date(expiresAt + SKEW_SECONDS * 1000).toISOString();
    try {
      await requests.keep({ sender, key: id, digest: '', bytes: USED_BYTES, until });
    } catch (error) {
      throw error instanceof RequestDone ? invalidTicket() : error;
    }
    // A slow store may have kept it only when its first use was forgotten.
    if (expiresAt <= Date.now()) throw invalidTicket();
  }
}
