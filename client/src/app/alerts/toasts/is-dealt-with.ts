import type { InboxItem } from '@herald/client/inbox';

/** Whether a notification needs no toast, or reminder, any more: the person has dealt with it, here or elsewhere. */
export function isDealtWith({ requiresAck, acknowledged, read, archived, snoozedUntil }: InboxItem): boolean {
  return archived || snoozedUntil !== null || (requiresAck === true ? acknowledged === true : read);
}
