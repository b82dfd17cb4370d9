import { jest } from '@jest/globals';
import { completed, messageOf } from './draft.ts';

describe('a message', () => {
  beforeEach(() => {
    jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  });

  afterEach(() => {
    jest.restoreAllMocks();
  });

  test('keeps lines and tabs, and loses other control characters and white space around it', () => {
    expect(messageOf('\n a\tb\r\nc\u0007\u009b \ud800\n')).toBe('a\tb\r\nc \ufffd');
    expect(process.stderr.write).not.toHaveBeenCalled();
  });

  test('is cut between characters where it is too long', () => {
    expect(messageOf('x'.repeat(4000))).toHaveLength(4000);
    expect(messageOf('x'.repeat(4001))).toBe(`${'x'.repeat(3999)}…`);
    expect(messageOf(`${'x'.repeat(3998)}😀😀`)).toBe(`${'x'.repeat(3998)}…`);
    expect(process.stderr.write).toHaveBeenCalledTimes(2);
  });
});

test('a person sends defaults for what is missing, and a key leaves them to its app', () => {
  expect(completed({ message: 'm' }, true)).toEqual({ message: 'm' });
  expect(completed({ message: 'm', title: 't' }, false)).toEqual({
    ...{ message: 'm', title: 't', priority: 'medium', category: 'general' },
  });
  expect(completed({ message: 'm' }, false).title).not.toBe('');
});
