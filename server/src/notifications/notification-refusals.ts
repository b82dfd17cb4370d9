import { Refusal } from '../http/refusal/refusal.js';

/** The notification does not exist, or not for this person; the answer does not say which. */
export function unknownNotification(): Refusal {
  return new Refusal(404, 'unknown_notification', 'There is no such notification');
}

/** A recipient may not retract a notification. */
export function notSender(): Refusal {
  return new Refusal(403, 'not_sender', 'Only the sender or an administrator may retract a notification');
}

/** Only apps may send texts and forms. */
export function jsonRequired(): Refusal {
  return new Refusal(
    415,
    'unsupported_media_type',
    'The body must be application/json; only apps send texts and forms',
  );
}

/** The key was used for a different request. */
export function idempotencyConflict(): Refusal {
  return new Refusal(409, 'idempotency_conflict', 'This Idempotency-Key was used for another request');
}

/** The user sends more than their rate allows. */
export function tooManySends(perSecond: number, atOnce: number, seconds: number): Refusal {
  const message = `You can send ${perSecond} notifications a second, in bursts of up to ${atOnce}. Try again in ${seconds} s`;
  return new Refusal(429, 'too_many_sends', message, {
    params: { perSecond, atOnce, seconds },
    retryAfterSeconds: seconds,
  });
}

/** The memory for idempotency keys of this sender, or of all senders, is full: no key is dropped within its day. */
export function tooManyKeys(seconds: number): Refusal {
  const message = `The memory for Idempotency-Keys is full. Send without one, or try again in ${seconds} s`;
  return new Refusal(429, 'too_many_idempotency_keys', message, { params: { seconds }, retryAfterSeconds: seconds });
}

/** The sender has reached the limit of scheduled notifications. */
export function tooManyScheduled(max: number): Refusal {
  const message = `You have scheduled ${max} notifications, the maximum. Cancel some, or wait until they are sent`;
  return new Refusal(409, 'too_many_scheduled', message, { params: { max } });
}

/** The memory for scheduled notifications of this sender, or of all senders, is full. */
export function scheduleFull(): Refusal {
  const message = 'The memory for scheduled notifications is full. Cancel some of yours, or wait until some are sent';
  return new Refusal(409, 'schedule_full', message);
}
