import { randomBytes, scrypt, type ScryptOptions, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { type HashRequest, HashQueue } from './hash-queue.js';

/** OWASP Password Storage Cheat Sheet: scrypt with N=2^15, r=8, p=3; 32 MiB and about 0.2 s of one core a hash. */
const LOG2_N = 15;
const BLOCK_SIZE = 8;
const PARALLELISM = 3;
const KEY_BYTES = 32;
const SALT_BYTES = 16;
const MEMORY_LIMIT = 64 * 1024 * 1024;

const PHC_PATTERN = /^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

const scryptAsync = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);
/** One for the process, since its threads are shared. */
const queue = new HashQueue();

/**
 * Hashes with a fresh salt, for an administrator.
 * @returns a PHC string that carries its own parameters
 * @throws HashingBusyError
 */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const key = await derive({ hasPrecedence: true }, password, salt, LOG2_N, BLOCK_SIZE, PARALLELISM, KEY_BYTES);
  return `$scrypt$ln=${LOG2_N},r=${BLOCK_SIZE},p=${PARALLELISM}$${encode(salt)}$${encode(key)}`;
}

/** @throws HashingBusyError | Error when `phc` is not a scrypt PHC string */
export async function verifyPassword(password: string, phc: string, request: HashRequest): Promise<boolean> {
  const [, log2N, blockSize, parallelism, salt, key] = PHC_PATTERN.exec(phc) ?? [];
  if (salt === undefined || key === undefined) throw new Error('not a scrypt PHC string');
  const expected = Buffer.from(key, 'base64');
  const actual = await derive(
    request,
    password,
    Buffer.from(salt, 'base64'),
    Number(log2N),
    Number(blockSize),
    Number(parallelism),
    expected.length,
  );
  return timingSafeEqual(actual, expected);
}

function derive(
  request: HashRequest,
  password: string,
  salt: Buffer,
  log2N: number,
  r: number,
  p: number,
  bytes: number,
): Promise<Buffer> {
  // NFKC, so that a password is the same when it is typed on another keyboard (RFC 8265).
  const text = password.normalize('NFKC');
  const options = { N: 2 ** log2N, r, p, maxmem: MEMORY_LIMIT };
  return queue.run(request, () => scryptAsync(text, salt, bytes, options));
}

function encode(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '');
}
