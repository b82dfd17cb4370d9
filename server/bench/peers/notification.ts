import { EVERYONE, type NotificationDraft, type NotificationFrame } from '@herald/protocol';
import { v7 as uuidv7 } from 'uuid';

let offset = 0;

/** Herald's payload, so that all systems move the same bytes. */
export function toNotification(draft: NotificationDraft): NotificationFrame['data'] {
  offset += 1;
  const createdAt = new Date().toISOString();
  return { id: uuidv7(), ...draft, audience: [EVERYONE], sender: 'admin', createdAt, channel: EVERYONE, offset };
}
