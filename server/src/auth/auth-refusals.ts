import { isRefusal, Refusal } from '../http/refusal/refusal.js';

/** A full queue of hashes is empty within this time. */
const HASHES_DONE_SECONDS = 1;
/** RFC 6750, section 3. */
const BEARER = { 'WWW-Authenticate': 'Bearer' };
/** RFC 7617, section 2. */
const BASIC = { 'WWW-Authenticate': 'Basic realm="Herald", charset="UTF-8"' };
const WRONG_CREDENTIALS = 'The username or the password is wrong';

/** The account is unknown or the password wrong; the answer does not say which. */
export function invalidCredentials(): Refusal {
  return new Refusal(401, 'invalid_credentials', WRONG_CREDENTIALS);
}

/** The same for a request with Basic. A sign-in has no such header: browsers would ask for a password themselves. */
export function basicRefused(): Refusal {
  return new Refusal(401, 'invalid_credentials', WRONG_CREDENTIALS, { headers: BASIC });
}

/** Too many failed sign-ins to this account or from this network. */
export function tooManyFailedSignIns(seconds: number): Refusal {
  const message = `Too many failed sign-ins. Try again in ${seconds} s`;
  return new Refusal(429, 'too_many_failed_sign_ins', message, { params: { seconds }, retryAfterSeconds: seconds });
}

/** Too many successful sign-ins to this account from this network. */
export function tooManySignIns(seconds: number): Refusal {
  const message = `Too many sign-ins. Try again in ${seconds} s`;
  return new Refusal(429, 'too_many_sign_ins', message, { params: { seconds }, retryAfterSeconds: seconds });
}

/** The queue of password hashes is full, or the part of it that the client's network may use. */
export function signInsBusy(): Refusal {
  const seconds = HASHES_DONE_SECONDS;
  const message = `The server is busy with other sign-ins. Try again in ${seconds} s`;
  return new Refusal(503, 'sign_ins_busy', message, { params: { seconds }, retryAfterSeconds: seconds });
}

/** The user has made more changes than their rate allows. */
export function tooManyChanges(perSecond: number, atOnce: number, seconds: number): Refusal {
  const message = `You can make ${perSecond} changes a second, in bursts of up to ${atOnce}. Try again in ${seconds} s`;
  return new Refusal(429, 'too_many_changes', message, {
    params: { perSecond, atOnce, seconds },
    retryAfterSeconds: seconds,
  });
}

/** Signed in, but only administrators may do this. */
export function adminOnly(): Refusal {
  return new Refusal(403, 'admin_only', 'Only an administrator may do this');
}

/** The token is absent, expired, revoked or not valid. The message says which, and never contains the token. */
export function invalidToken(message: string): Refusal {
  return new Refusal(401, 'invalid_token', message, { headers: BEARER });
}

/** The ticket has expired, was used or is for another origin. The answer does not say which. */
export function invalidTicket(): Refusal {
  const message = 'The ticket is not valid: it has expired, was used before, or was made for another origin';
  return new Refusal(401, 'invalid_ticket', message, { headers: BEARER });
}

/** The user has used more tickets than are remembered. */
export function tooManyTickets(seconds: number): Refusal {
  const message = `You have used too many tickets. Try again in ${seconds} s`;
  return new Refusal(429, 'too_many_tickets', message, { params: { seconds }, retryAfterSeconds: seconds });
}

/** The origin of the page is neither the server's own nor on its list. */
export function originRefused(): Refusal {
  const message = 'Pages of this origin may not connect; FRONTEND_URL lists the origins that may';
  return new Refusal(403, 'origin_refused', message);
}

/** The key of an app is unknown, has expired, was rotated out or revoked. */
export function keyNotValid(): Refusal {
  return invalidToken('The key is not valid');
}

/** The key of an app that sends was used for something else. */
export function sendingKey(): Refusal {
  return new Refusal(403, 'wrong_scope', 'This key can only send notifications');
}

/** The key of an app that reads was used for something else. */
export function readingKey(): Refusal {
  return new Refusal(403, 'wrong_scope', 'This key can only read notifications');
}

/** The token is from before a restart with a store in memory: the sign-in is lost, not revoked. */
export function signInForgotten(): Refusal {
  const message = 'The server was restarted and has lost this sign-in. Sign in again';
  return new Refusal(401, 'sign_in_forgotten', message, { headers: BEARER });
}

/** Whether a token or its account is no longer valid. */
export function isInvalidToken(error: unknown): error is Refusal {
  return isRefusal(error, 'invalid_token', 'sign_in_forgotten');
}
