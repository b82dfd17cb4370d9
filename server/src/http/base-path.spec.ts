import type { IncomingMessage } from 'node:http';
import { removeBasePath } from './base-path.js';

describe('the base path', () => {
  test.each([
    ['/herald', '/'],
    ['/herald?open=1', '/?open=1'],
    ['/herald/', '/'],
    ['/herald/api/info?a=b', '/api/info?a=b'],
    ['/herald//api', '//api'],
    ['/api/info', '/api/info'],
    ['/heralds/api', '/heralds/api'],
    ['/x/herald/api', '/x/herald/api'],
    // A topic of the same name, behind a proxy that has removed the base path.
    ['/ntfy/herald', '/ntfy/herald'],
  ])('is removed from %s: %s', (url, rest) => {
    const request = { url } as IncomingMessage;
    removeBasePath(request, '/herald');
    expect(request.url).toBe(rest);
  });

  test('is removed once, also if the port of the page hands the request on', () => {
    const request = { url: '/herald/herald' } as IncomingMessage;
    removeBasePath(request, '/herald');
    removeBasePath(request, '/herald');
    expect(request.url).toBe('/herald');
  });

  test('of a server at the root is removed from nothing', () => {
    const request = { url: '/api' } as IncomingMessage;
    removeBasePath(request, '');
    expect(request.url).toBe('/api');
  });
});
