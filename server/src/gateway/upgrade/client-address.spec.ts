import type { IncomingMessage } from 'node:http';
import { checkEnvironment } from '../../config/environment.js';
import { ClientAddress } from './client-address.js';

function addressOf(proxies: string, remoteAddress: string | undefined, forwardedFor?: string): string {
  const request = { socket: { remoteAddress }, headers: { 'x-forwarded-for': forwardedFor } };
  return new ClientAddress(checkEnvironment({ TRUSTED_PROXIES: proxies })).of(request as unknown as IncomingMessage);
}

describe('the address of a client', () => {
  test.each([
    ["is the socket's", '', '10.0.0.1', undefined, '10.0.0.1'],
    ['is not what the client says', '', '10.0.0.1', '192.0.2.7', '10.0.0.1'],
    ['is what a trusted proxy says', '10.0.0.0/8, loopback', '10.0.0.1', '192.0.2.7', '192.0.2.7'],
    [
      'is the last that a trusted proxy has seen',
      '10.0.0.0/8',
      '10.0.0.1',
      '203.0.113.1, 192.0.2.7, 10.0.0.2',
      '192.0.2.7',
    ],
    ['is not what a stranger says who is no proxy', '10.0.0.0/8', '192.0.2.8', '192.0.2.7', '192.0.2.8'],
    ['is told with a port by some proxies', '10.0.0.0/8', '10.0.0.1', '192.0.2.7:40001, 10.0.0.2:51000', '192.0.2.7'],
    [
      'is told with brackets and a port by some proxies',
      '10.0.0.0/8',
      '10.0.0.1',
      '[2001:db8::7]:40001',
      '2001:db8::7',
    ],
    [
      'in a private network is not what it says where the proxy is named exactly',
      '10.0.0.1',
      '10.0.0.1',
      '192.0.2.7, 10.0.0.9',
      '10.0.0.9',
    ],
    ['is nothing once the client is gone', 'loopback', undefined, '192.0.2.7', ''],
  ])('%s', (_, proxies, remote, forwardedFor, expected) => {
    expect(addressOf(proxies, remote, forwardedFor)).toBe(expected);
  });
});
