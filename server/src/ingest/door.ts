import { Logger } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteShorthandOptions } from 'fastify';
import type { SenderCheck } from '../auth/sender-check.js';
import type { Sender } from '../auth/sender.js';
import { Refusal } from '../http/refusal/refusal.js';
import { refusalFor } from '../http/refusal-for.js';
import { sendRefusal } from '../http/refusal/send-refusal.js';
import type { Sending } from '../notifications/sending.js';

/** A way in for programs that were written for another server. */
export interface Door {
  readonly name: string;
  /** Adds the routes. Bodies are buffers, whatever their type, or undefined. */
  readonly addRoutes: (server: FastifyInstance) => void;
  /** The body of an answer that refuses, as the other server has it. */
  readonly refusalBody: (refusal: Refusal) => object | string;
}

/** Services of a door: one checks the sender of a request, the other sends its message. */
export interface DoorParts {
  readonly senders: SenderCheck;
  readonly sending: Sending;
}

export type Handler = (request: FastifyRequest, reply: FastifyReply) => unknown;

/** Opens a door: a part of the server with its own bodies and refusals. All limits of the server hold in it. */
export function openDoor(api: FastifyInstance, { name, addRoutes, refusalBody }: Door): void {
  const logger = new Logger(`${name} door`);
  void api.register((server, _, done) => {
    server.removeAllContentTypeParsers();
    server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, parsed) => parsed(null, body));
    server.setErrorHandler((error, _request, reply) => {
      const refusal = refusalFor(error, logger);
      sendRefusal(reply, refusal, refusalBody(refusal));
    });
    addRoutes(server);
    done();
  });
}

/** The same route at the root, below a prefix, and with the double slash of clients that append `/path` to `prefix/`. */
export function pathsOf(prefix: string, path: string): string[] {
  return [path, `/${path}`, `${prefix}${path}`, `${prefix}/${path}`];
}

const senders = new WeakMap<FastifyRequest, Sender>();

/** Options of a route that reads a body only once its sender is known. @param verify as `SenderCheck` does */
export function fromSender(verify: (request: FastifyRequest) => Promise<Sender>): RouteShorthandOptions {
  return {
    // Without it, `readFormBodies` would refuse forms before the door reads them.
    config: { takesForms: true },
    onRequest: async (request: FastifyRequest): Promise<void> => {
      senders.set(request, await verify(request));
    },
  };
}

/** The sender of a request to a route `fromSender`. */
export function senderOfRequest(request: FastifyRequest): Sender {
  return senders.get(request) as Sender;
}

/** The body of a request as bytes. */
export function bytesOf({ body }: FastifyRequest): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}

/** Words for people: the fault of the first field, or the message. */
export function reasonOf({ message, details: [fault] }: Refusal): string {
  return fault?.reason ?? message;
}
