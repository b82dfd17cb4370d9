import type { FastifyReply } from 'fastify';
import { Refusal } from './refusal.js';
import { refusalTotals } from './refusal-totals.js';

/** Sends a refusal as the answer. @param body that of another system, instead of Herald's own */
export function sendRefusal(reply: FastifyReply, refusal: Refusal, body: object | string = refusal.answer): void {
  refusalTotals[refusal.code] += 1;
  for (const [name, value] of Object.entries(refusal.headers)) reply.header(name, value);
  reply.status(refusal.statusCode).send(body);
}
