import { v7 as uuidv7 } from 'uuid';
import { EVERYONE } from '../../../protocol/channels.js';
import type { NotificationFrame } from '../../../protocol/frames.js';
import type { NotificationDraft } from '../../../protocol/notification.js';

let offset = 0;

/** Herald's payload, so that all systems move the same bytes. */
export function toNotification(draft: NotificationDraft): NotificationFrame['data'] {
  offset += 1;
  const createdAt = new Date().toISOString();
  return { id: uuidv7(), ...draft, audience: [EVERYONE], sender: 'admin', createdAt, channel: EVERYONE, offset };
}
