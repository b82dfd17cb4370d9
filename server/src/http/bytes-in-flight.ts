import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { networkOf } from '../auth/network-of.js';
import { Refusal } from './refusal/refusal.js';

const MEBIBYTE = 1024 * 1024;
/** Limits for bodies and answers in flight, in bytes: per address (an IPv6 /64 counts as one), and in total. */
const MAX_BYTES_PER_ADDRESS = 16 * MEBIBYTE;
const MAX_BYTES = 64 * MEBIBYTE;
/** Each address may use this much even when the total is used up, so that a few clients can't lock out the others. */
const RESERVED_BYTES = MEBIBYTE / 4;
/** Smaller bodies and answers are not counted. */
const COUNTED_FROM_BYTES = 4 * 1024;
const RETRY_AFTER_SECONDS = 5;
const READ_METHODS = ['GET', 'HEAD'];

/** Bodies and answers in flight exceed the limit of this address (429) or of the server (503). */
function tooMuchInFlight(per: 'address' | 'server'): Refusal {
  const clients = per === 'address' ? 'your address' : 'all clients';
  const message = `Too many bytes are in flight from and to ${clients}. Try again in ${RETRY_AFTER_SECONDS} s`;
  return new Refusal(per === 'address' ? 429 : 503, 'too_much_in_flight', message, {
    params: { per, seconds: RETRY_AFTER_SECONDS },
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  });
}

/**
 * Bounds the memory that bodies and answers take while clients send or read slowly, or not at all. If the answer
 * to a request that may have changed something exceeds a limit, the connection is cut: a refusal would say that nothing
 * was done.
 */
export function boundBytesInFlight(server: FastifyInstance): void {
  const inFlight = new BytesInFlight();
  server.addHook('onRequest', (request, reply, done) => {
    done(inFlight.take(request, reply, bodyBytes(request)));
  });
  server.addHook('onSend', (request, reply, payload, done) => {
    const bytes = typeof payload === 'string' || Buffer.isBuffer(payload) ? Buffer.byteLength(payload) : 0;
    const refusal = inFlight.take(request, reply, bytes);
    if (refusal !== undefined && READ_METHODS.includes(request.method)) {
      done(refusal);
      return;
    }
    if (refusal !== undefined) reply.raw.destroy();
    done();
  });
}

class BytesInFlight {
  #all = 0;
  readonly #byNetwork = new Map<string, number>();

  /** Counts the bytes until the answer is sent or the client is gone. @returns the refusal when they exceed a limit */
  take(request: FastifyRequest, { raw: response }: FastifyReply, bytes: number): Refusal | undefined {
    if (bytes < COUNTED_FROM_BYTES || response.destroyed) return undefined;
    const network = networkOf(request.ip);
    const own = this.#of(network) + bytes;
    if (own > MAX_BYTES_PER_ADDRESS) return tooMuchInFlight('address');
    if (own > RESERVED_BYTES && this.#all + bytes > MAX_BYTES) return tooMuchInFlight('server');
    this.#count(network, bytes);
    response.once('close', () => this.#count(network, -bytes));
    return undefined;
  }

  #of(network: string): number {
    return this.#byNetwork.get(network) ?? 0;
  }

  #count(network: string, bytes: number): void {
    this.#all += bytes;
    const left = this.#of(network) + bytes;
    if (left > 0) this.#byNetwork.set(network, left);
    else this.#byNetwork.delete(network);
  }
}

/** A body without a length counts as the largest that its route accepts. */
function bodyBytes(request: FastifyRequest): number {
  const { 'transfer-encoding': encoding, 'content-length': length = 0 } = request.headers;
  const bytes = encoding === undefined ? Number(length) : Infinity;
  // Each access rebuilds `routeOptions`, so small bodies avoid it.
  return bytes < COUNTED_FROM_BYTES ? bytes : Math.min(bytes, request.routeOptions.bodyLimit);
}
