import type { StoredApp } from '../repository/app-repository.js';
import { sendingKey } from './auth-refusals.js';
import type { Principal } from './principal.js';

/** The last instant of ISO 8601 with a year of four digits. */
const NEVER = Date.parse('9999-12-31T23:59:59.999Z');

/**
 * The principal of a key that reads: the owner of its app, until the key expires.
 * @param keyHash of the key, the present or the previous one
 * @throws Refusal wrong_scope when the key can only send
 */
export function principalOf({ id, owner, scope, expiresAt, ...keys }: StoredApp, keyHash: string): Principal {
  if (scope !== 'read') throw sendingKey();
  const rotatedOutAt = keyHash === keys.keyHash ? undefined : keys.previousKey?.until;
  const ends = [expiresAt, rotatedOutAt].flatMap((end) => (end === undefined ? [] : Date.parse(end)));
  const sessionId = `app ${id}`;
  return { username: owner, sessionId, generation: 0, signedInAt: 0, expiresAt: Math.min(NEVER, ...ends), keyHash };
}
