import { v7 as uuidv7 } from 'uuid';
import { EVERYONE } from '../../../protocol/channels.js';
import type { Action, Notification, NotificationDraft } from '../../../protocol/notification.js';

/** Takes nothing from the sender but the fields of a draft, and keeps none of them that is absent. */
export function newNotification(draft: NotificationDraft, sender: string): Notification {
  const { title, message, priority, category, audience = [EVERYONE] } = draft;
  const { url, tags, markdown, expiresAt, key, requiresAck } = draft;
  const options = { url, actions: draft.actions?.map(toAction), tags, markdown, expiresAt, key, requiresAck };
  const stored = { id: uuidv7(), title, message, priority, category, audience, sender, createdAt: new Date().toISOString() };
  return { ...stored, ...given(options) };
}

const toAction = ({ label, ...does }: Action): Action => ({ label, ...given(does) }) as Action;

/** Without what is absent, or holds nothing. */
function given<Fields extends object>(fields: Fields): Partial<Fields> {
  const said = Object.entries(fields).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0));
  return Object.fromEntries(said) as Partial<Fields>;
}
