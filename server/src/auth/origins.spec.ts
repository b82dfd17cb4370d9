import type { IncomingHttpHeaders } from 'node:http';
import { isAllowedOrigin, isFromOrigin } from './origins.js';

const LISTED = ['http://localhost:3000', 'https://herald.example'];
const allows = (headers: IncomingHttpHeaders): boolean => isAllowedOrigin(headers, LISTED);

describe('allows a socket', () => {
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
    expect(isAllowedOrigin({ host, origin }, [])).toBe(true);
  });

  test('from a program, which sends no origin', () => {
    expect(allows({ host: 'localhost:8000' })).toBe(true);
  });
});

describe('refuses a socket', () => {
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
    expect(isAllowedOrigin({ host, origin }, [])).toBe(false);
  });

  test('from any origin when the request names no host', () => {
    expect(allows({ origin: 'http://undefined' })).toBe(false);
  });
});

describe('a request', () => {
  const PAGE = 'https://herald.example';
  const site = (sent: string): IncomingHttpHeaders => ({ 'sec-fetch-site': sent });

  test.each<[string, string | undefined, IncomingHttpHeaders]>([
    ['a page, by its Origin', PAGE, { origin: PAGE, host: 'api.example' }],
    ['a page of the server, which reads without Origin', PAGE, { host: 'herald.example' }],
    ['a page of the server behind a proxy with another Host', PAGE, { host: 'herald:8000', ...site('same-origin') }],
    ['a page of the server in the address bar', PAGE, { host: 'herald.example', ...site('none') }],
    ['a program', undefined, { host: 'herald.example' }],
  ])('is from %s', (_, origin, headers) => {
    expect(isFromOrigin(origin, headers)).toBe(true);
  });

  test.each<[string, string | undefined, IncomingHttpHeaders]>([
    ['a page of another origin', PAGE, { origin: 'https://evil.example', host: 'herald.example' }],
    ['a page, if a program made the ticket', undefined, { origin: PAGE, host: 'herald.example' }],
    ['a page elsewhere, if it has no Origin', PAGE, { host: 'api.example' }],
    ['a page, if it has neither Origin nor Host', PAGE, {}],
    ['an image in a page of another site', PAGE, { host: 'herald.example', ...site('cross-site') }],
    ['an image in a page of the same site', PAGE, { host: 'herald.example', ...site('same-site') }],
    ['an image, if a program made the ticket', undefined, { host: 'herald.example', ...site('cross-site') }],
    ['a page of the server, if a program made the ticket', undefined, site('same-origin')],
    ['a page elsewhere in the address bar', PAGE, { host: 'api.example', ...site('none') }],
  ])('is not from the origin: %s', (_, origin, headers) => {
    expect(isFromOrigin(origin, headers)).toBe(false);
  });
});
