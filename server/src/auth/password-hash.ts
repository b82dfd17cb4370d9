import { argon2, type Argon2Parameters, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { type HashRequest, HashQueue } from './hash-queue.js';

/** Argon2id (RFC 9106) with costs of the OWASP Password Storage Cheat Sheet: 9 MiB and about 30 ms of a core. */
const MEMORY_KIB = 9 * 1024;
const PASSES = 4;
const PARALLELISM = 1;
const KEY_BYTES = 32;
const SALT_BYTES = 16;

const PHC_PATTERN = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

const argon2Async = promisify<'argon2id', Argon2Parameters, Buffer>(argon2);
/** One per process, since all hashes share its threads. */
const queue = new HashQueue();

/**
 * Hashes with a fresh salt, for an administrator.
 * @returns a PHC string that carries its own parameters
 * @throws Refusal sign_ins_busy
 */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(SALT_BYTES);
  const costs = { memory: MEMORY_KIB, passes: PASSES, parallelism: PARALLELISM, tagLength: KEY_BYTES };
  const key = await derive({ hasPrecedence: true }, password, { nonce, ...costs });
  return `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=${PARALLELISM}$${encode(nonce)}$${encode(key)}`;
}

/** @throws Refusal sign_ins_busy | Error when `phc` is not an Argon2id PHC string */
export async function verifyPassword(password: string, phc: string, request: HashRequest): Promise<boolean> {
  const [, memory, passes, parallelism, salt, key] = PHC_PATTERN.exec(phc) ?? [];
  if (salt === undefined || key === undefined) throw new Error('not an Argon2id PHC string');
  const expected = Buffer.from(key, 'base64');
  const actual = await derive(request, password, {
    nonce: Buffer.from(salt, 'base64'),
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    tagLength: expected.length,
  });
  return timingSafeEqual(actual, expected);
}

function derive(
  request: HashRequest,
  password: string,
  parameters: Omit<Argon2Parameters, 'message'>,
): Promise<Buffer> {
  // NFKC, so that a password does not depend on how a keyboard composes characters (RFC 8265).
  const message = password.normalize('NFKC');
  return queue.run(request, () => argon2Async('argon2id', { message, ...parameters }));
}

function encode(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '');
}
