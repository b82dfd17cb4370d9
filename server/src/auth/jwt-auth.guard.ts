import { type ExecutionContext, Injectable } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import { appKeyIn } from './app-key.js';
import { invalidToken, isInvalidToken } from './auth-refusals.js';
import { type BearerRequest, bearerTokenOf } from './jwt.strategy.js';
import type { Principal } from './principal.js';
import { describeRefusal, TokenService } from './token.service.js';

interface Request extends BearerRequest {
  readonly ip: string;
  user?: Principal;
}

/** Admits HTTP requests with a valid bearer token, and refuses others with the reason. */
@Injectable()
export class JwtAuthGuard extends AuthGuard('jwt') {
  constructor(private readonly tokens: TokenService) {
    super();
  }

  /** Runs Passport only for a token that was not verified before: it took a quarter of the cost of a send. */
  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const token = bearerTokenOf(request) ?? '';
    request.user = await (this.tokens.recall(token) ?? this.#check(token, context, request));
    return true;
  }

  async #check(token: string, context: ExecutionContext, request: Request): Promise<Principal> {
    if (appKeyIn(token) !== undefined) throw await this.tokens.refusalOfKey(token, request.ip);
    // Passport stores the claims as `request.user`; the caller replaces them with the principal.
    await super.canActivate(context);
    return this.tokens.accept(token, request.user);
  }

  override handleRequest<User>(error: unknown, user: User | false, info: unknown, context: ExecutionContext): User {
    if (user) return user;
    // An unexpected failure must not look like an invalid token.
    if (error && !isInvalidToken(error)) throw error as Error;
    const request = context.switchToHttp().getRequest<Request>();
    if (request.headers.authorization === undefined) throw invalidToken('A bearer token is required');
    throw describeRefusal(error ?? info);
  }
}
