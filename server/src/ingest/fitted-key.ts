import { KEY_MAX } from '@herald/protocol';
import { createHash } from 'node:crypto';

/** The key by which a notification replaces an earlier one; hashed if it can't be one as it is. */
export function fittedKey(key: string): string {
  const fits = key.length <= KEY_MAX && key.isWellFormed() && !/\p{Cc}/u.test(key);
  return fits ? key : hashOf(key);
}

/** A short text that is the same for the same key. */
export function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('base64url');
}
