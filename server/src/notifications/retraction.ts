import type { Notification } from '../../../protocol/notification.js';
import type { Addressed } from '../repository/notification-repository.js';

/** The retraction of a notification, for each of its channels, in its own lane. */
export function retractionOf({ id, priority, audience }: Notification): Addressed {
  return { channels: audience, entry: { event: 'retract', data: { lane: priority, notificationId: id } } };
}
