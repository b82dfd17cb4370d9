import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { StoredApp } from '../repository/app-repository.js';

/** A user, or an app that sends under its own name and by the rights of its owner. */
export interface Sender {
  readonly name: string;
  readonly app?: StoredApp;
}

/** The sender that `SenderGuard` admitted. */
export const CurrentSender = createParamDecorator((_: unknown, context: ExecutionContext): Sender => {
  return context.switchToHttp().getRequest<{ sender: Sender }>().sender;
});
