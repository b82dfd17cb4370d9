import { hashPassword, verifyPassword } from './password-hash.js';

const REQUEST = { hasPrecedence: false };

describe('a password hash', () => {
  let hash: string;

  beforeAll(async () => {
    hash = await hashPassword('correct horse');
  });

  test('matches its password', async () => {
    expect(await verifyPassword('correct horse', hash, REQUEST)).toBe(true);
  });

  test.each(['Correct horse', 'correct horse ', '', 'correct horse battery'])('does not match %j', async (wrong) => {
    expect(await verifyPassword(wrong, hash, REQUEST)).toBe(false);
  });

  test('is a PHC string with the parameters of the OWASP cheat sheet', () => {
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=9216,t=4,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  });

  test('has a unique salt', async () => {
    const other = await hashPassword('correct horse');
    expect(other.split('$')[4]).not.toBe(hash.split('$')[4]);
    expect(other.split('$')[5]).not.toBe(hash.split('$')[5]);
  });

  test('does not depend on how a keyboard composes characters', async () => {
    const composed = await hashPassword('caf\u00e9');
    expect(await verifyPassword('cafe\u0301', composed, REQUEST)).toBe(true);
  });

  test('is verified with its own parameters, so that those of new hashes can be raised', async () => {
    // A test vector of the reference implementation, https://github.com/P-H-C/phc-winner-argon2.
    const vector = '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4';
    expect(await verifyPassword('password', vector, REQUEST)).toBe(true);
  });

  test.each([
    '',
    'password',
    '$2b$10$abcdefghijklmnopqrstuv',
    '$argon2id$v=19$m=9216,t=4,p=1$$',
    '$scrypt$ln=15,r=8,p=3$c2FsdA$c2FsdA',
  ])('in an unknown format (%j) throws instead of counting as a wrong password', async (text) => {
    await expect(verifyPassword('password', text, REQUEST)).rejects.toThrow('not an Argon2id PHC string');
  });
});
