import { createSecretKey, type KeyObject } from 'node:crypto';
import type { Environment } from '../config/environment.js';

/** Pinned on signing and on every check, so that a token can't choose its algorithm (RFC 8725, section 3.1). */
export const TOKEN_ALGORITHM = 'HS256';

/** A key object: given text, jsonwebtoken first tries to parse a public key, at several times the cost of a check. */
export function signingKey({ SECRET_KEY }: Environment): KeyObject {
  return createSecretKey(SECRET_KEY, 'utf8');
}
