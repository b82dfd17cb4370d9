import { Refusal } from '../http/refusal/refusal.js';

/** The notification does not exist, or not for this person; the answer does not say which. */
export function unknownNotification(): Refusal {
  return new Refusal(404, 'unknown_notification', 'There is no such notification');
}

/** A recipient may not retract a notification. */
export function notSender(): Refusal {
  return new Refusal(403, 'not_sender', 'Only its sender or an administrator may take it back');
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
  const message = `You have used as many Idempotency-Keys as are kept for a day. Send without one, or try again in ${seconds} s`;
  return new Refusal(429, 'too_many_idempotency_keys', message, { params: { seconds }, retryAfterSeconds: seconds });
}

/** The sender has reached the limit of scheduled notifications. */
export function tooManyScheduled(max: number): Refusal {
  const message = `You have scheduled ${max} notifications, the most possible. Cancel some, or wait until they are sent`;
  return new Refusal(409, 'too_many_scheduled', message, { params: { max } });
}

/** The memory for scheduled notifications is full. */
export function scheduleFull(): Refusal {
  const message = 'The server has no room for more scheduled notifications. Cancel some, or wait until they are sent';
  return new Refusal(409, 'schedule_full', message);
}
