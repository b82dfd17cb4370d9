import { hashPassword, verifyPassword } from './password-hash.js';

const REQUEST = { hasPrecedence: false };

describe('a password hash', () => {
  let hash: string;

  beforeAll(async () => {
    hash = await hashPassword('correct horse');
  });

  test('is verified by its password', async () => {
    expect(await verifyPassword('correct horse', hash, REQUEST)).toBe(true);
  });

  test.each(['Correct horse', 'correct horse ', '', 'correct horse battery'])(
    'is not verified by %j',
    async (wrong) => {
      expect(await verifyPassword(wrong, hash, REQUEST)).toBe(false);
    },
  );

  test('is a PHC string with the parameters of the OWASP cheat sheet', () => {
    expect(hash).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  });

  test('has a salt of its own', async () => {
    const other = await hashPassword('correct horse');
    expect(other.split('$')[3]).not.toBe(hash.split('$')[3]);
    expect(other.split('$')[4]).not.toBe(hash.split('$')[4]);
  });

  test('is the same for a word composed differently by another keyboard', async () => {
    const composed = await hashPassword('caf\u00e9');
    expect(await verifyPassword('cafe\u0301', composed, REQUEST)).toBe(true);
  });

  test('is verified by the parameters that it carries, so that those of new ones can be raised', async () => {
    // Test vector 2 of RFC 7914, section 12: N=1024, r=8, p=16, 64 bytes.
    const key = Buffer.from(
      'fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162' +
        '2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640',
      'hex',
    )
      .toString('base64')
      .replaceAll('=', '');
    const salt = Buffer.from('NaCl').toString('base64').replaceAll('=', '');
    expect(await verifyPassword('password', `$scrypt$ln=10,r=8,p=16$${salt}$${key}`, REQUEST)).toBe(true);
  });

  test.each(['', 'password', '$2b$10$abcdefghijklmnopqrstuv', '$scrypt$ln=15,r=8,p=3$$'])(
    'that is none, as %j, is an error and not a wrong password',
    async (text) => {
      await expect(verifyPassword('password', text, REQUEST)).rejects.toThrow('not a scrypt PHC string');
    },
  );
});
