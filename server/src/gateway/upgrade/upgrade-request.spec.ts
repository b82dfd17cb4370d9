import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { trustedProxies } from '../../auth/trusted-proxies.js';
import { clientAddress, queryParameter, tokenInHeaders } from './upgrade-request.js';

const tokenOf = (headers: IncomingHttpHeaders): string | undefined => tokenInHeaders({ headers } as IncomingMessage);
const inQuery = (url: string): string | undefined => queryParameter({ url } as IncomingMessage, 'token');

describe('the token of an upgrade request', () => {
  test.each([
    ['the Authorization header', { authorization: 'Bearer from-header' }, 'from-header'],
    ['a sub-protocol', { 'sec-websocket-protocol': 'herald.v1, bearer.from-protocol' }, 'from-protocol'],
  ])('is found in %s', (_, headers, token) => {
    expect(tokenOf(headers)).toBe(token);
  });

  test('is taken from the header before the sub-protocol', () => {
    const authorization = 'Bearer from-header';
    expect(tokenOf({ authorization, 'sec-websocket-protocol': 'bearer.from-protocol' })).toBe('from-header');
  });

  test.each(['Basic YWRhOnB3', 'Digest x', '', 'Bearer'])(
    'is absent when the header is %j, perhaps set by a proxy',
    (authorization) => {
      expect(tokenOf({ authorization })).toBeUndefined();
    },
  );

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
    expect(inQuery(url)).toBe(token);
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
