import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Principal } from './principal.js';
import { WriteAllowance } from './write-allowance.js';

interface Request {
  method: string;
  user: Principal;
  bodyBytes: number;
}

/** Counts each changing request against the rate of its user. Needs `JwtAuthGuard` before it. */
@Injectable()
export class WriteGuard implements CanActivate {
  constructor(private readonly allowance: WriteAllowance) {}

  /** @throws Refusal too_many_changes | invalid_token */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { method, user, bodyBytes } = context.switchToHttp().getRequest<Request>();
    if (method !== 'GET' && method !== 'HEAD') await this.allowance.take(user.username, bodyBytes);
    return true;
  }
}
