import type { ErrorAnswer, ErrorParams, FieldError, RefusalCode } from '@herald/protocol';
import { STATUS_CODES } from 'node:http';

/** A restart takes about this long. */
const RESTART_SECONDS = 5;
/** Time between two attempts while the store does not work. */
const STORE_SECONDS = 1;

interface Facts {
  /** Values in the message: those that `REFUSAL_CODES` names. */
  params?: ErrorParams;
  /** The fields at fault. */
  details?: FieldError[];
  /** Time after which the request may succeed. */
  retryAfterSeconds?: number;
  /** Further headers of the answer. */
  headers?: Record<string, string>;
}

/** A request that is refused, and the reason. Every edge renders it in the same way. */
export class Refusal extends Error {
  constructor(
    readonly statusCode: number,
    readonly code: RefusalCode,
    message: string,
    private readonly facts: Facts = {},
  ) {
    super(message);
    this.name = 'Refusal';
  }

  get details(): FieldError[] {
    return this.facts.details ?? [];
  }

  get retryAfterSeconds(): number | undefined {
    return this.facts.retryAfterSeconds;
  }

  /** Headers of the answer. */
  get headers(): Record<string, string> {
    const { retryAfterSeconds, headers } = this.facts;
    return { ...(retryAfterSeconds !== undefined && { 'Retry-After': String(retryAfterSeconds) }), ...headers };
  }

  /** Body of the answer. */
  get answer(): ErrorAnswer {
    const { statusCode, code, message } = this;
    const { params, details } = this.facts;
    return {
      statusCode,
      error: STATUS_CODES[statusCode] ?? 'Error',
      code,
      message,
      ...(params !== undefined && { params }),
      ...(details !== undefined && { details }),
    };
  }
}

/** Tells whether an error is a refusal for one of these reasons. */
export function isRefusal(error: unknown, ...codes: RefusalCode[]): error is Refusal {
  return error instanceof Refusal && codes.includes(error.code);
}

/** The store does not work at the moment. Nothing was stored. */
export function storeUnavailable(): Refusal {
  const seconds = STORE_SECONDS;
  const message = `The store does not answer. Try again in ${seconds} s`;
  return new Refusal(503, 'store_unavailable', message, { params: { seconds }, retryAfterSeconds: seconds });
}

/** A fault of the server. The original error is in the log. */
export function internalError(): Refusal {
  return new Refusal(500, 'internal', 'Something went wrong on the server. It has been logged');
}

/** The server stops, and begins nothing new. */
export function serverStopping(): Refusal {
  return new Refusal(503, 'stopping', 'The server is stopping', {
    params: { seconds: RESTART_SECONDS },
    retryAfterSeconds: RESTART_SECONDS,
  });
}
