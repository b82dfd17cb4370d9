import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { isAllowedOrigin } from './origins.js';

const LISTED = ['http://localhost:3000', 'https://herald.example'];
const allows = (headers: IncomingHttpHeaders): boolean => isAllowedOrigin({ headers } as IncomingMessage, LISTED);

describe('a socket may be opened', () => {
  test.each(LISTED)('from the listed origin %s', (origin) => {
    expect(allows({ origin, host: 'api.example' })).toBe(true);
  });

  test.each(['http://localhost:8000', 'https://localhost:8000'])('from the server\'s own origin, %s', (origin) => {
    expect(allows({ origin, host: 'localhost:8000' })).toBe(true);
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

  test('from any origin when the request names no host', () => {
    expect(allows({ origin: 'http://undefined' })).toBe(false);
  });
});
