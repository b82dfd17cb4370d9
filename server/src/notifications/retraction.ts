import { v7 as uuidv7 } from 'uuid';
import type { Notification } from '../../../protocol/notification.js';
import type { Addressed } from '../repository/notification-repository.js';

/** Tells all who have it that it is gone: in each of its channels, in its own lane. */
export function retractionOf({ id, priority, audience }: Notification): Addressed {
  return { channels: audience, entry: { event: 'retract', data: { id: uuidv7(), lane: priority, notificationId: id } } };
}
