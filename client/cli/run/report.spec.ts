import { hostname } from 'node:os';
import { exitCodeOf, type Outcome } from './outcome.ts';
import { reportOf } from './report.ts';

const outcome = (end: Outcome['end'], lastLines = ''): Outcome => ({ end, seconds: 12.34, lastLines });
const missing = Object.assign(new Error('spawn x ENOENT'), { code: 'ENOENT' });

describe('the report of a command', () => {
  test.each([
    ['success', { code: 0 }, 'make succeeded', 'low', 'Ended with 0'],
    ['failure', { code: 2 }, 'make failed', 'high', 'Ended with 2'],
    ['a signal', { signal: 'SIGKILL' }, 'make failed', 'high', 'Ended by SIGKILL'],
    ['a failed start', { error: missing }, 'make failed', 'high', 'Not started (ENOENT)'],
  ] as const)('tells of %s', (_, end, title, priority, words) => {
    expect(reportOf(outcome(end), '/usr/bin/make')).toMatchObject({
      ...{ title, priority, message: `${words} after 12 s on ${hostname()}.` },
      data: { seconds: 12.3, host: hostname() },
    });
  });

  test('has the last lines, without the key', () => {
    const { message, title } = reportOf(outcome({ code: 0 }, 'HERALD_KEY=secret\nsecret'), 'env', 'Nightly', 'secret');
    expect(title).toBe('Nightly succeeded');
    expect(message).toMatch(/\.\n\nHERALD_KEY=\[redacted\]\n\[redacted\]$/);
  });
});

test.each([
  [{ code: 3 }, 3],
  [{ signal: 'SIGTERM' }, 143],
  [{ error: missing }, 127],
  [{ error: Object.assign(new Error('spawn x EACCES'), { code: 'EACCES' }) }, 126],
] as const)('the exit code after %p is %i', (end, code) => {
  expect(exitCodeOf(outcome(end))).toBe(code);
});
