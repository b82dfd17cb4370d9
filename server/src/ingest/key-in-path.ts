import type { FastifyRequest } from 'fastify';
import type { CredentialsRequest } from '../auth/sender-check.js';

/** The credentials of a request to a path with `:key`, which is the key of an app, whatever the headers say. */
export function keyInPath({ params, ip }: FastifyRequest): CredentialsRequest {
  const { key } = params as { key: string };
  return { ip, headers: { 'x-gotify-key': key } };
}
