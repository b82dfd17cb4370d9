import type { FieldError } from '@herald/protocol';
import { Refusal } from '../http/refusal/refusal.js';

// `field` is the request field that names the audience.

/** Only administrators may send to everyone. */
export function everyoneRefused(field: string): Refusal {
  return audienceRefused({ field, code: 'everyone_refused', reason: 'only an administrator may send to everyone' });
}

/** Only administrators may send to a role. */
export function roleRefused(field: string): Refusal {
  return audienceRefused({ field, code: 'role_refused', reason: 'only an administrator may send to a role' });
}

/** The sender does not follow the topic. */
export function topicRefused(topic: string, field: string): Refusal {
  const reason = `follow the topic ${topic} to send to it`;
  return audienceRefused({ field, code: 'topic_refused', reason, params: { topic } });
}

/** The app of a user who is no administrator may send to no user but its owner. */
export function otherUserRefused(field: string): Refusal {
  const reason = 'only the app of an administrator may send to other users';
  return audienceRefused({ field, code: 'user_refused', reason });
}

/** The app may not send to the channel. */
export function beyondAudience(channel: string, field: string): Refusal {
  const reason = `the app may not send to ${channel}`;
  return audienceRefused({ field, code: 'beyond_audience', reason, params: { channel } });
}

function audienceRefused(fault: FieldError): Refusal {
  return new Refusal(403, 'audience_refused', "You can't send to this audience", { details: [fault] });
}

/**
 * The audience names a user who does not exist.
 * @param username for administrators only: naming one of several users reveals that those before it exist
 */
export function unknownRecipient(username: string | undefined, field: string): Refusal {
  const fault: FieldError =
    username === undefined
      ? { field, code: 'unknown_recipient', reason: 'it names a user who does not exist' }
      : { field, code: 'unknown_user', reason: `there is no user ${username}`, params: { username } };
  return new Refusal(400, 'unknown_recipient', 'The request is not valid', { details: [fault] });
}
