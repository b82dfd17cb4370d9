import type { FastifyReply } from 'fastify';
import { Refusal } from './refusal.js';
import { refusalTotals } from './refusal-totals.js';

/** Sends a refusal as the answer. */
export function sendRefusal(reply: FastifyReply, { statusCode, code, headers, answer }: Refusal): void {
  refusalTotals[code] += 1;
  for (const [name, value] of Object.entries(headers)) reply.header(name, value);
  reply.status(statusCode).send(answer);
}
