import { createHash, randomUUID } from 'node:crypto';

/**
 * The Idempotency-Key of a command, with which each of its tries is one request.
 * @param text if it is given, any command with the same one is the same request, for a day
 */
export function idempotencyKey(text: string | undefined): string {
  return text === undefined ? randomUUID() : createHash('sha256').update(text).digest('hex');
}
