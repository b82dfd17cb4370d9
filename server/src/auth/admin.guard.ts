import { ADMIN_ROLE } from '@herald/protocol';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { UserRepository } from '../repository/user-repository.js';
import { accountOf } from './account-of.js';
import { adminOnly } from './auth-refusals.js';
import type { Principal } from './principal.js';

/** Admits administrators, by their current roles rather than those at sign-in. Needs `JwtAuthGuard` before it. */
@Injectable()
export class AdminGuard implements CanActivate {
  constructor(private readonly users: UserRepository) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { user } = context.switchToHttp().getRequest<{ user: Principal }>();
    const { roles } = await accountOf(user, this.users);
    if (!roles.includes(ADMIN_ROLE)) throw adminOnly();
    return true;
  }
}
