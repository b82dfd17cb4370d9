import type { FastifyReply } from 'fastify';
import { Refusal } from './refusal.js';

/** Sends a refusal as the answer. */
export function sendRefusal(reply: FastifyReply, { statusCode, headers, answer }: Refusal): void {
  for (const [name, value] of Object.entries(headers)) reply.header(name, value);
  reply.status(statusCode).send(answer);
}
