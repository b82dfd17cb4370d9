import { Refusal } from '../http/refusal/refusal.js';

/**
 * The sender may not send to one of the channels.
 * @param field request field that names the audience
 */
export function audienceRefused(reason: string, field: string): Refusal {
  return new Refusal(403, 'audience_refused', 'You may not send to this audience', { details: [{ field, reason }] });
}

/**
 * The audience names a user who does not exist.
 * @param username for administrators only: naming one of several users reveals that those before it exist
 */
export function unknownRecipient(username: string | undefined, field: string): Refusal {
  const reason = username === undefined ? 'it names a user who does not exist' : `there is no user ${username}`;
  return new Refusal(400, 'unknown_recipient', 'The request is not valid', { details: [{ field, reason }] });
}
