import { type ExecutionContext, Injectable } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import { type BearerRequest, bearerTokenOf } from './jwt.strategy.js';
import type { Principal } from './principal.js';
import { describeRefusal, TokenService } from './token.service.js';
import { invalidToken, isInvalidToken } from './auth-refusals.js';

interface Request extends BearerRequest {
  user?: Principal;
}

/** Lets an HTTP request through with a valid bearer token, and tells the others why not. */
@Injectable()
export class JwtAuthGuard extends AuthGuard('jwt') {
  constructor(private readonly tokens: TokenService) {
    super();
  }

  /** Passport and its strategy run when a token is first seen: that was a quarter of the cost of a publish. */
  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const token = bearerTokenOf(request) ?? '';
    request.user = await (this.tokens.recall(token) ?? this.#check(token, context, request));
    return true;
  }

  async #check(token: string, context: ExecutionContext, request: Request): Promise<Principal> {
    // Passport stores the claims as `request.user`, which has to be the principal.
    await super.canActivate(context);
    return this.tokens.accept(token, request.user);
  }

  override handleRequest<User>(error: unknown, user: User | false, info: unknown, context: ExecutionContext): User {
    if (user) return user;
    // An unexpected failure stays what it is: it must not look like a wrong token.
    if (error && !isInvalidToken(error)) throw error as Error;
    const request = context.switchToHttp().getRequest<Request>();
    if (request.headers.authorization === undefined) throw invalidToken('A bearer token is required');
    throw describeRefusal(error ?? info);
  }
}
