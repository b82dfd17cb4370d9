import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { isAllowedOrigin } from './origins.js';

const LISTED = ['http://localhost:3000', 'https://herald.example'];
const allows = (headers: IncomingHttpHeaders): boolean => isAllowedOrigin({ headers } as IncomingMessage, LISTED);

describe('a socket may be opened', () => {
  test.each(LISTED)('from the listed origin %s', (origin) => {
    expect(allows({ origin, host: 'api.example' })).toBe(true);
  });

  test.each(['http://localhost:8000', 'https://localhost:8000'])("from the server's own origin, %s", (origin) => {
    expect(allows({ origin, host: 'localhost:8000' })).toBe(true);
  });

  test.each([
    ['herald.example:443', 'https://herald.example'],
    ['herald.example:80', 'http://herald.example'],
    // The proxy in front ends TLS and names its own port.
    ['herald.example:80', 'https://herald.example'],
    ['HERALD.example', 'https://herald.example:443'],
    ['[2001:db8::1]:443', 'https://[2001:db8::1]'],
    ['herald.example:8443', 'https://herald.example:8443'],
  ])('at the Host %s, with a default port or another spelling, from its own origin %s', (host, origin) => {
    expect(isAllowedOrigin({ headers: { host, origin } } as IncomingMessage, [])).toBe(true);
  });

  test('by a program, which sends no origin', () => {
    expect(allows({ host: 'localhost:8000' })).toBe(true);
  });
});

describe('a socket may not be opened', () => {
  test.each([
    'http://evil.example',
    'http://localhost:3001',
    'http://localhost',
    'https://herald.example.evil.example',
    'https://evil-herald.example',
    'http://herald.example',
    'https://herald.example/',
    'null',
    '',
  ])('from %j', (origin) => {
    expect(allows({ origin, host: 'localhost:8000' })).toBe(false);
  });

  test.each([
    ['herald.example:443', 'https://herald.example:8443'],
    ['herald.example:8443', 'https://herald.example'],
    ['herald.example:443', 'https://evil.example'],
    ['ada@herald.example', 'https://herald.example'],
    ['herald.example/path', 'https://herald.example'],
  ])('at the Host %s from %s', (host, origin) => {
    expect(isAllowedOrigin({ headers: { host, origin } } as IncomingMessage, [])).toBe(false);
  });

  test('from any origin when the request names no host', () => {
    expect(allows({ origin: 'http://undefined' })).toBe(false);
  });
});
