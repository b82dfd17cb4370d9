import { SeededRandom } from '#test/seeded-random.js';
import { guessBits } from './guessable.js';

describe('guessBits', () => {
  test.each([
    ['one character', 'a'.repeat(64)],
    ['two in turn', 'ab'.repeat(32)],
    ['a word again and again', 'kitten'.repeat(10)],
    ['a row', '12345678901234567890123456789012'],
    ['a row backwards', 'zyxwvutsrqponmlkjihgfedcba9876543210'],
    ['known words', 'changeme-password-secret-admin-letmein'],
    ['known words with figures for letters', 'P4$$w0rd-Ch4ng3m3'],
    ['words around "secret" and "key", twice', 'mysupersecretkeymysupersecretkey1234'],
    ['a placeholder', 'your-very-long-random-jwt-secret-key-here'],
    ['a row of keys', 'qwertyuiopasdfghjklzxcvbnm'],
    ['nothing', ''],
  ])('rates %s below 24 bits', (_, secret) => {
    expect(guessBits(secret)).toBeLessThan(24);
  });

  test("adds nothing for the account's name", () => {
    expect(guessBits('Ferdinand-Ferdinand-1')).toBeGreaterThan(20);
    expect(guessBits('Ferdinand-Ferdinand-1', ['ferdinand'])).toBeLessThan(5);
  });

  // The bounds are those of `Environment`. 376 of two million random passwords of 12 characters had less than 20 bits.
  test.each([
    ['16 bytes in hex', 48, 16, 'hex'],
    ['24 bytes in base64', 48, 24, 'base64'],
    ['12 characters in base64', 20, 9, 'base64'],
  ] as const)('recognises random secrets: %s', (_, least, bytes, encoding) => {
    const random = new SeededRandom(20261129);
    for (let n = 0; n < 500; n++)
      expect(guessBits(random.bytes(bytes).toString(encoding), ['admin'])).toBeGreaterThanOrEqual(least);
  });
});
