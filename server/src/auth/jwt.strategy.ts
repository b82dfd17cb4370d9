import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { ExtractJwt, Strategy, type StrategyOptionsWithRequest } from 'passport-jwt';
import { Environment } from '../config/environment.js';
import type { Principal, TokenClaims } from './principal.js';
import { TokenService } from './token.service.js';
import { signingKey, TOKEN_ALGORITHM } from './token-signature.js';

/** As much of an HTTP request as signing in is concerned with. */
export interface BearerRequest {
  headers: { authorization?: string };
}

/** Where an HTTP request has its token (RFC 6750, section 2.1). */
export const bearerTokenOf: (request: BearerRequest) => string | null = ExtractJwt.fromAuthHeaderAsBearerToken();

/** Checks the bearer token of an HTTP request; `JwtAuthGuard` asks it about tokens that it has not seen. */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy) {
  constructor(
    environment: Environment,
    private readonly tokens: TokenService,
  ) {
    const options: Omit<StrategyOptionsWithRequest, 'secretOrKey'> & { secretOrKey: unknown } = {
      jwtFromRequest: bearerTokenOf,
      // passport-jwt hands it on to jsonwebtoken, which takes a key object; only its types don't say so.
      secretOrKey: signingKey(environment),
      algorithms: [TOKEN_ALGORITHM],
      passReqToCallback: true,
    };
    super(options as StrategyOptionsWithRequest);
  }

  validate(request: BearerRequest, claims: Partial<TokenClaims>): Promise<Principal> {
    return this.tokens.accept(bearerTokenOf(request) ?? '', claims);
  }
}
