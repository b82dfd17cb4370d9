import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { ExtractJwt, Strategy } from 'passport-jwt';
import { Environment } from '../config/environment.js';
import type { Principal, TokenClaims } from './principal.js';
import { TokenService } from './token.service.js';
import { TOKEN_ALGORITHM } from './token-algorithm.js';

/** Reads the bearer token of an HTTP request. */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy) {
  constructor(
    environment: Environment,
    private readonly tokens: TokenService,
  ) {
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      secretOrKey: environment.SECRET_KEY,
      algorithms: [TOKEN_ALGORITHM],
    });
  }

  validate(claims: Partial<TokenClaims>): Promise<Principal> {
    return this.tokens.principalOf(claims);
  }
}
