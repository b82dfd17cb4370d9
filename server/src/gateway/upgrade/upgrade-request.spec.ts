import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { trustedProxies } from '../../auth/trusted-proxies.js';
import { bearerToken, clientAddress, isAllowedOrigin } from './upgrade-request.js';

const LISTED = ['http://localhost:3000', 'https://herald.example'];
const allows = (headers: IncomingHttpHeaders): boolean => isAllowedOrigin({ headers } as IncomingMessage, LISTED);

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
    expect(isAllowedOrigin({ headers: { host, origin } } as IncomingMessage, [])).toBe(true);
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
    expect(isAllowedOrigin({ headers: { host, origin } } as IncomingMessage, [])).toBe(false);
  });

  test('from any origin when the request names no host', () => {
    expect(allows({ origin: 'http://undefined' })).toBe(false);
  });
});

const tokenOf = (headers: IncomingHttpHeaders, url = '/ws'): string | undefined =>
  bearerToken({ headers, url } as IncomingMessage, 'accepted');

describe('the token of an upgrade request', () => {
  test.each([
    ['the Authorization header', { authorization: 'Bearer from-header' }, '/ws', 'from-header'],
    ['a sub-protocol', { 'sec-websocket-protocol': 'herald.v1, bearer.from-protocol' }, '/ws', 'from-protocol'],
    ['the query', {}, '/ws?token=from-query', 'from-query'],
  ])('is found in %s', (_, headers, url, token) => {
    expect(tokenOf(headers, url)).toBe(token);
  });

  test('is taken from the header first, then from the sub-protocol, then from the query', () => {
    const authorization = 'Bearer from-header';
    const protocol = 'bearer.from-protocol';
    expect(tokenOf({ authorization, 'sec-websocket-protocol': protocol }, '/ws?token=from-query')).toBe('from-header');
    expect(tokenOf({ 'sec-websocket-protocol': protocol }, '/ws?token=from-query')).toBe('from-protocol');
  });

  test.each(['Basic YWRhOnB3', 'Digest x', ''])(
    'is taken from the query when the header is %j, perhaps set by a proxy',
    (authorization) => {
      expect(tokenOf({ authorization }, '/ws?token=from-query')).toBe('from-query');
    },
  );

  test('is absent when the Bearer header is empty', () => {
    expect(tokenOf({ authorization: 'Bearer' }, '/ws?token=from-query')).toBeUndefined();
  });

  test.each(['bearer x', 'BEARER x', 'Bearer  x', 'Bearer x '])(
    'is read from %j, whose scheme and spaces may vary',
    (authorization) => {
      expect(tokenOf({ authorization })).toBe('x');
    },
  );

  test.each(['bearer.x', 'bearer.x,herald.v1', 'herald.v1,bearer.x', ' herald.v1 ,  bearer.x '])(
    'is read from the sub-protocols %j, in any order and spacing',
    (offered) => {
      expect(tokenOf({ 'sec-websocket-protocol': offered })).toBe('x');
    },
  );

  test('keeps its dots', () => {
    expect(tokenOf({ 'sec-websocket-protocol': 'bearer.a.b.c' })).toBe('a.b.c');
  });

  test.each([
    ['/ws?a=1&token=x&b=2', 'x'],
    ['/ws?token=a%2Eb', 'a.b'],
    ['/ws?token=', ''],
    ['/ws?tokens=x', undefined],
    ['/ws?', undefined],
    ['/ws', undefined],
    ['/ws?token=%', '%'],
  ])('is read from the query of %s as form data', (url, token) => {
    expect(tokenOf({}, url)).toBe(token);
  });

  test('is absent when the request has none', () => {
    expect(tokenOf({ 'sec-websocket-protocol': 'herald.v1' })).toBeUndefined();
  });
});

function addressOf(proxies: string, remoteAddress: string | undefined, forwardedFor?: string): string {
  const request = { socket: { remoteAddress }, headers: { 'x-forwarded-for': forwardedFor } };
  return clientAddress(request as unknown as IncomingMessage, trustedProxies(proxies));
}

describe('the address of a client', () => {
  test.each([
    ["is the socket's without a proxy", '', '10.0.0.1', undefined, '10.0.0.1'],
    ['ignores X-Forwarded-For without a trusted proxy', '', '10.0.0.1', '192.0.2.7', '10.0.0.1'],
    ['is the one that a trusted proxy forwards', '10.0.0.0/8, loopback', '10.0.0.1', '192.0.2.7', '192.0.2.7'],
    [
      'is the last one before the trusted proxies',
      '10.0.0.0/8',
      '10.0.0.1',
      '203.0.113.1, 192.0.2.7, 10.0.0.2',
      '192.0.2.7',
    ],
    ['ignores X-Forwarded-For of an address that is no proxy', '10.0.0.0/8', '192.0.2.8', '192.0.2.7', '192.0.2.8'],
    [
      'is read without the port that some proxies add',
      '10.0.0.0/8',
      '10.0.0.1',
      '192.0.2.7:40001, 10.0.0.2:51000',
      '192.0.2.7',
    ],
    [
      'is read without the brackets and the port that some proxies add',
      '10.0.0.0/8',
      '10.0.0.1',
      '[2001:db8::7]:40001',
      '2001:db8::7',
    ],
    ['ends at an unlisted proxy of the same network', '10.0.0.1', '10.0.0.1', '192.0.2.7, 10.0.0.9', '10.0.0.9'],
    ['is empty once the client is gone', 'loopback', undefined, '192.0.2.7', ''],
  ])('%s', (_, proxies, remote, forwardedFor, expected) => {
    expect(addressOf(proxies, remote, forwardedFor)).toBe(expected);
  });
});
