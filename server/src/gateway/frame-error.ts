import type { ErrorCode, ErrorFrame } from '@herald/protocol';

/** The reason why a frame is not accepted. The client gets an `ErrorFrame`, and the connection stays open. */
export class FrameError extends Error {
  /** @param field the field at fault, as a path within the frame's `data` */
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly field?: string,
  ) {
    super(message);
    this.name = 'FrameError';
  }

  /** The `data` of the answer. */
  get answer(): ErrorFrame['data'] {
    const { code, message, field } = this;
    return { code, message, ...(field !== undefined && { params: { field } }) };
  }
}

/** A field of the frame breaks a rule, such as `must be a string`. */
export function malformedField(field: string, rule: string): FrameError {
  return new FrameError('malformed', `${field} ${rule}`, field);
}

/** A fault of the server. The original error is in the log. */
export function internalFrameError(): FrameError {
  return new FrameError('internal', 'Something went wrong on the server. It has been logged');
}
