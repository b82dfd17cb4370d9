import { type Action, EVERYONE, type NotificationDraft } from '@herald/protocol';
import type { NewNotification } from '../repository/notification-repository.js';

/** Channels that receive a draft. */
export function audienceOf({ audience = [EVERYONE] }: NotificationDraft): string[] {
  return audience;
}

/** Copies only the fields of a draft, and leaves out absent ones. */
export function newNotification(draft: NotificationDraft, sender: string): NewNotification {
  const { title, message, priority, category } = draft;
  const { url, tags, markdown, expiresAt, key, requiresAck } = draft;
  const options = { url, actions: draft.actions?.map(toAction), tags, markdown, expiresAt, key, requiresAck };
  return { title, message, priority, category, audience: audienceOf(draft), sender, ...given(options) };
}

const toAction = ({ label, ...target }: Action): Action => ({ label, ...given(target) }) as Action;

/** Leaves out undefined fields and empty arrays. */
function given<Fields extends object>(fields: Fields): Partial<Fields> {
  const present = Object.entries(fields).filter(
    ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(present) as Partial<Fields>;
}
