import { ADMIN_ROLE } from '@herald/protocol';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { StoredApp } from '../repository/app-repository.js';
import type { UserRepository } from '../repository/user-repository.js';
import { accountOf } from './account-of.js';

/** A user, or an app that sends under its own name and by the rights of its owner. */
export interface Sender {
  readonly name: string;
  readonly app?: StoredApp;
  /** Owner of the app if not an administrator; the app then shares the owner's rate and history. */
  readonly owner?: string;
}

/** An app as a sender. @throws Refusal invalid_token when its owner was removed */
export async function senderOf(app: StoredApp, users: UserRepository): Promise<Sender> {
  const { username, roles } = await accountOf({ username: app.owner }, users);
  return { name: app.name, app, ...(!roles.includes(ADMIN_ROLE) && { owner: username }) };
}

/** The sender that `SenderGuard` admitted. */
export const CurrentSender = createParamDecorator((_: unknown, context: ExecutionContext): Sender => {
  return context.switchToHttp().getRequest<{ sender: Sender }>().sender;
});
