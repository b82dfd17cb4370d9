import type { Action, Notification, ScheduledNotification } from '@herald/protocol';
import { withoutUndefined } from '../json-fields.js';
import { numberOf, type Published } from './ntfy-message.js';

/** Life of a message in ntfy's own cache. */
const KEPT_SECONDS = 12 * 3600;

/** The stored notification, as ntfy answers it. */
export function ntfyAnswer(stored: Notification | ScheduledNotification, { topic, parameters }: Published): object {
  const { id, title, message, tags, url, markdown, actions, expiresAt } = stored;
  const time = secondsOf('deliverAt' in stored ? stored.deliverAt : stored.createdAt);
  const isTitled = parameters.text('title') !== undefined;
  const fields = {
    title: isTitled ? title : undefined,
    priority: numberOf(parameters),
    ...{ tags, click: url ?? parameters.text('click'), icon: parameters.text('icon') },
    content_type: markdown === true ? 'text/markdown' : undefined,
    actions: actions?.map(ntfyAction),
  };
  return {
    ...{ id: id.replaceAll('-', ''), time, event: 'message', topic, message },
    expires: expiresAt === undefined ? time + KEPT_SECONDS : secondsOf(expiresAt),
    ...withoutUndefined(fields),
  };
}

function ntfyAction(action: Action): object {
  return 'url' in action
    ? { action: 'view', label: action.label, url: action.url }
    : { action: 'http', label: action.label };
}

function secondsOf(instant: string): number {
  return Math.floor(Date.parse(instant) / 1000);
}
