import { ADMIN_ROLE } from '@herald/protocol';
import { Refusal } from '../http/refusal/refusal.js';

/** An account has that name, or had it before it was removed. */
export function usernameTaken(username: string): Refusal {
  const message = `The name ${username} is or was in use. Names are never reused`;
  return new Refusal(409, 'username_taken', message, {
    params: { username },
    details: [{ field: 'username', code: 'username_taken', reason: 'username is or was in use' }],
  });
}

/** No account has that name. */
export function unknownAccount(username: string): Refusal {
  return new Refusal(404, 'unknown_account', `There is no account ${username}`, { params: { username } });
}

/** The user has reached the limit of topics. */
export function tooManyTopics(max: number): Refusal {
  const message = `You follow ${max} topics, the maximum. Unfollow one first`;
  return new Refusal(409, 'too_many_topics', message, { params: { max } });
}

/** Administrators can't lock themselves out. */
export function ownRole(): Refusal {
  const message = `You can't take the role ${ADMIN_ROLE} from yourself; another administrator can`;
  return new Refusal(403, 'own_role', message);
}

/** Administrators can't remove themselves. */
export function ownAccount(): Refusal {
  return new Refusal(403, 'own_account', "You can't remove your own account; another administrator can");
}
