import { type ExecutionContext, Injectable } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import { InvalidTokenError } from './auth-errors.js';
import { describeRefusal } from './token.service.js';

/** Lets an HTTP request through with a valid bearer token, and tells the others why not. */
@Injectable()
export class JwtAuthGuard extends AuthGuard('jwt') {
  override handleRequest<User>(error: unknown, user: User | false, info: unknown, context: ExecutionContext): User {
    if (user) return user;
    // An unexpected failure stays what it is: it must not look like a wrong token.
    if (error && !(error instanceof InvalidTokenError)) throw error as Error;
    const request = context.switchToHttp().getRequest<{ headers: { authorization?: string } }>();
    if (request.headers.authorization === undefined) throw new InvalidTokenError('A bearer token is required');
    throw describeRefusal(error ?? info);
  }
}
