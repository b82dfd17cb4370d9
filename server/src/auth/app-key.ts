import { hash, randomInt } from 'node:crypto';

/** A key is an A and 14 of these: the form of the application tokens of Gotify 2, which its clients check. */
const CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-';
const LENGTH = 14;
/** Clients of ntfy recognise a token by this prefix. */
const WITH_PREFIX = /^(?:tk_)?(A[\w.-]{14})$/;

/** A random key of 84 bits. It has a digit, so that the log can tell it from a word. */
export function newAppKey(): string {
  const random = Array.from({ length: LENGTH }, () => CHARACTERS[randomInt(CHARACTERS.length)]).join('');
  return /\d/.test(random) ? `A${random}` : newAppKey();
}

/** The key in a credential, without the prefix `tk_`. @returns undefined if it does not have the form of a key */
export function appKeyIn(credential: string): string | undefined {
  return WITH_PREFIX.exec(credential)?.[1];
}

/** A fast hash is enough for a random key: nobody can try 84 bits. */
export function hashOfKey(key: string): string {
  return hash('sha256', key, 'base64url');
}
