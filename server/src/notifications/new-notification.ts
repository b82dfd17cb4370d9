import { type Action, EVERYONE, type NotificationDraft } from '@herald/protocol';
import type { Sender } from '../auth/sender.js';
import type { NewNotification } from '../repository/notification-repository.js';

/** Channels that receive a draft: those that it names, or all of the app that sends it. */
export function audienceOf({ audience }: NotificationDraft, { app }: Sender): string[] {
  return audience ?? app?.audience ?? [EVERYONE];
}

/** Copies only the fields of a draft, and leaves out absent ones, which a request has without a value. */
export function plainDraft(draft: NotificationDraft): NotificationDraft {
  const { title, message, priority, category } = draft;
  const { audience, url, tags, markdown, expiresAt, key, requiresAck, data } = draft;
  const actions = draft.actions?.map(toAction);
  const options = { audience, url, actions, tags, markdown, expiresAt, key, requiresAck, data };
  return { title, message, priority, category, ...given(options) };
}

/** The notification of a draft, with its audience and its sender. */
export function newNotification(draft: NotificationDraft, sender: Sender): NewNotification {
  return { ...plainDraft(draft), audience: audienceOf(draft, sender), sender: sender.name };
}

const toAction = ({ label, ...target }: Action): Action => ({ label, ...given(target) }) as Action;

/** Leaves out undefined fields and empty arrays. */
function given<Fields extends object>(fields: Fields): Partial<Fields> {
  const present = Object.entries(fields).filter(
    ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(present) as Partial<Fields>;
}
