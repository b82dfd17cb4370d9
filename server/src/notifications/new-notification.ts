import type { Action, NotificationDraft } from '@herald/protocol';
import type { Sender } from '../auth/sender.js';
import type { NewNotification } from '../repository/notification-repository.js';

/** Copies only the fields of a draft, and leaves out absent ones, which a request has without a value. */
export function plainDraft(draft: NotificationDraft): NotificationDraft {
  const { title, message, priority, category } = draft;
  const { audience, url, tags, markdown, expiresAt, key, requiresAck, data } = draft;
  const actions = draft.actions?.map(toAction);
  const options = { audience, url, actions, tags, markdown, expiresAt, key, requiresAck, data };
  return { title, message, priority, category, ...given(options) };
}

/** The notification of a draft. @param audience that was checked for the sender */
export function newNotification(
  draft: NotificationDraft,
  audience: readonly string[],
  sender: Sender,
): NewNotification {
  const { name, owner } = sender;
  return { ...plainDraft(draft), audience: [...audience], sender: name, ...given({ owner }) };
}

const toAction = ({ label, ...target }: Action): Action => ({ label, ...given(target) }) as Action;

/** Leaves out undefined fields and empty arrays. */
function given<Fields extends object>(fields: Fields): Partial<Fields> {
  const present = Object.entries(fields).filter(
    ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(present) as Partial<Fields>;
}
