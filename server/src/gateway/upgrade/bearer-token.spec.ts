import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { bearerToken } from './bearer-token.js';

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
