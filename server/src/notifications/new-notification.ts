import { EVERYONE } from '../../../protocol/channels.js';
import type { Action, Notification, NotificationDraft } from '../../../protocol/notification.js';
import { newId } from '../repository/new-id.js';

/** Channels that receive a draft. */
export function audienceOf({ audience = [EVERYONE] }: NotificationDraft): string[] {
  return audience;
}

/**
 * Copies only the fields of a draft, and leaves out absent ones. Store the result in the same turn of the event loop,
 * since the id is made here: a page that is read in between would count as newer than this id.
 */
export function newNotification(draft: NotificationDraft, sender: string): Notification {
  const { title, message, priority, category } = draft;
  const { url, tags, markdown, expiresAt, key, requiresAck } = draft;
  const options = { url, actions: draft.actions?.map(toAction), tags, markdown, expiresAt, key, requiresAck };
  const stored = {
    id: newId(),
    title,
    message,
    priority,
    category,
    audience: audienceOf(draft),
    sender,
    createdAt: new Date().toISOString(),
  };
  return { ...stored, ...given(options) };
}

const toAction = ({ label, ...does }: Action): Action => ({ label, ...given(does) }) as Action;

/** Leaves out undefined fields and empty arrays. */
function given<Fields extends object>(fields: Fields): Partial<Fields> {
  const said = Object.entries(fields).filter(
    ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(said) as Partial<Fields>;
}
