import type { AppNotificationDraft } from '@herald/protocol';
import { hostname } from 'node:os';
import { basename } from 'node:path';
import { durationOf } from './durations.ts';
import type { Outcome } from './outcome.ts';

/**
 * The notification of a command that has ended: low if it succeeded, high if it did not.
 * @param name of the command in the title. Default: the program without its arguments, which may be secret
 * @param secret that must not be shown, although the output has it
 */
export function reportOf(outcome: Outcome, program: string, name?: string, secret?: string): AppNotificationDraft {
  const { end, seconds, lastLines } = outcome;
  const succeeded = hasSucceeded(outcome);
  const host = hostname();
  const shown = secret === undefined ? lastLines : lastLines.replaceAll(secret, '[redacted]');
  const facts = `${endInWords(end)} after ${durationOf(seconds)} on ${host}.`;
  const ended = 'error' in end ? { error: end.error.code } : end;
  return {
    title: `${name ?? basename(program)} ${succeeded ? 'succeeded' : 'failed'}`,
    message: shown === '' ? facts : `${facts}\n\n${shown}`,
    priority: succeeded ? 'low' : 'high',
    data: { ...ended, seconds: Math.round(seconds * 10) / 10, host },
  };
}

export function hasSucceeded({ end }: Outcome): boolean {
  return 'code' in end && end.code === 0;
}

function endInWords(end: Outcome['end']): string {
  if ('code' in end) return `Ended with ${end.code}`;
  if ('signal' in end) return `Ended by ${end.signal}`;
  return `Not started (${end.error.code ?? end.error.message})`;
}
