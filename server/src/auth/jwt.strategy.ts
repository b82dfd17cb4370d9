import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { ExtractJwt, Strategy, type StrategyOptionsWithoutRequest } from 'passport-jwt';
import { Environment } from '../config/environment.js';
import { invalidToken } from './auth-refusals.js';
import { hasClaims } from './token-claims.js';
import { signingKey, TOKEN_ALGORITHM } from './token-signature.js';

/** The part of an HTTP request that carries the token. */
export interface BearerRequest {
  headers: { authorization?: string };
}

/** Extracts the bearer token of an HTTP request (RFC 6750, section 2.1). */
export const bearerTokenOf: (request: BearerRequest) => string | null = ExtractJwt.fromAuthHeaderAsBearerToken();

/** Checks the signature and the expiry of the bearer token of an HTTP request; `JwtAuthGuard` does the rest. */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy) {
  constructor(environment: Environment) {
    const key = signingKey(environment);
    super({
      jwtFromRequest: bearerTokenOf,
      secretOrKeyProvider: (_: unknown, token: string, done: (refusal: unknown, key?: unknown) => void) => {
        if (hasClaims(token)) done(null, key);
        else done(invalidToken('The token is not valid'));
      },
      algorithms: [TOKEN_ALGORITHM],
      // passport-jwt passes the key to jsonwebtoken, which accepts a key object although the types don't allow it.
    } as StrategyOptionsWithoutRequest);
  }

  validate(claims: unknown): unknown {
    return claims;
  }
}
