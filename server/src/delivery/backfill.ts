import type { NotificationRepository } from '../repository/notification-repository.js';
import type { Cursor } from './cursor.js';
import { trimmedGapFrame } from './placement.js';
import type { Subscription } from './subscription.js';

/** Entries read at once for a connection that is behind the frame log. */
const READ_LIMIT = 64;

/** Reads what the frame log no longer has, and announces what the repository no longer has either. */
export async function backfill(
  cursor: Cursor,
  subscription: Subscription,
  repository: NotificationRepository,
): Promise<void> {
  const { channel, priority, head } = cursor.lane;
  cursor.awaitBacklog();
  const entries = await repository.read(channel, priority, cursor.next, READ_LIMIT);
  // The connection may have left the channel meanwhile.
  if (!subscription.cursors.includes(cursor)) return;
  const first = entries[0]?.offset ?? head + 1;
  if (first > cursor.next) {
    subscription.announce(trimmedGapFrame(cursor.lane, cursor.next, first - 1));
    cursor.next = first;
  }
  cursor.backfill(entries);
}
