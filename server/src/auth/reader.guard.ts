import { type ExecutionContext, Injectable } from '@nestjs/common';
import { appKeyIn } from './app-key.js';
import { JwtAuthGuard } from './jwt-auth.guard.js';
import { type BearerRequest, bearerTokenOf } from './jwt.strategy.js';
import type { Principal } from './principal.js';
import { ReaderCheck } from './reader-check.js';
import { TokenService } from './token.service.js';

interface Request extends BearerRequest {
  readonly ip: string;
  user?: Principal;
}

/** Admits HTTP requests of users and of apps that may read, and refuses others with the reason. */
@Injectable()
export class ReaderGuard extends JwtAuthGuard {
  constructor(
    tokens: TokenService,
    private readonly readers: ReaderCheck,
  ) {
    super(tokens);
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const token = bearerTokenOf(request) ?? '';
    if (appKeyIn(token) === undefined) return super.canActivate(context);
    request.user = await this.readers.verify(token, request.ip);
    return true;
  }
}
