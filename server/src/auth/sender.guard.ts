import { type ExecutionContext, Injectable } from '@nestjs/common';
import { JwtAuthGuard } from './jwt-auth.guard.js';
import type { Principal } from './principal.js';
import type { Sender } from './sender.js';
import { type CredentialsRequest, SenderCheck } from './sender-check.js';
import { TokenService } from './token.service.js';

interface Request extends CredentialsRequest {
  user: Principal;
  sender?: Sender;
}

/** Admits HTTP requests of users and of apps that may send, and refuses others with the reason. */
@Injectable()
export class SenderGuard extends JwtAuthGuard {
  constructor(
    tokens: TokenService,
    private readonly senders: SenderCheck,
  ) {
    super(tokens);
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    request.sender = await this.senders.withoutToken(request);
    if (request.sender !== undefined) return true;
    await super.canActivate(context);
    request.sender = { name: request.user.username };
    return true;
  }
}
