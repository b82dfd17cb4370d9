import { KEY_MAX } from '@herald/protocol';
import { fittedKey } from './fitted-key.js';

describe('fittedKey', () => {
  test.each(['builds/job 7', 'größe', 'x'.repeat(KEY_MAX)])('leaves %j', (key) => expect(fittedKey(key)).toBe(key));

  test.each(['x'.repeat(KEY_MAX + 1), 'a\u0007', 'a\ud800'])('hashes %j', (key) => {
    expect(fittedKey(key)).toMatch(/^[\w-]{43}$/);
    expect(fittedKey(key)).not.toBe(fittedKey(`${key}b`));
  });
});
