import { constants } from 'node:os';

/** The end of a command: by itself, by a signal, or before it began. */
export interface Outcome {
  end: { code: number } | { signal: NodeJS.Signals } | { error: NodeJS.ErrnoException };
  seconds: number;
  /** Its last lines on stdout and stderr; empty if they were not read. */
  lastLines: string;
}

/** Exit codes of shells for a command that can't be started (POSIX, Shell Command Language, 2.8.2). */
const NOT_FOUND = 127;
const NOT_EXECUTABLE = 126;
const SIGNALLED = 128;

/** The exit code that a shell would have. */
export function exitCodeOf({ end }: Outcome): number {
  if ('code' in end) return end.code;
  if ('signal' in end) return SIGNALLED + constants.signals[end.signal];
  return end.error.code === 'ENOENT' ? NOT_FOUND : NOT_EXECUTABLE;
}
