import type { Notification } from '@herald/protocol';

/** Name of the share of the history in which a notification counts: a user and their apps have one together. */
export function shareOf({ sender, owner }: Pick<Notification, 'sender' | 'owner'>): string {
  return owner ?? sender;
}
