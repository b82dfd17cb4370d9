import { answeredHosts } from './answered-hosts.js';
import { checkEnvironment } from './read-environment.js';

const answers = (variables: NodeJS.ProcessEnv, host: string | undefined): boolean =>
  answeredHosts(checkEnvironment(variables))(host);
const PRODUCTION = {
  NODE_ENV: 'production',
  SECRET_KEY: 'f174317839051dbfd5755099852db8d1',
  ADMIN_PASSWORD: 'correct horse battery',
};
const CONFIGURED = { FRONTEND_URL: 'https://page.example:8443', SERVER_URL: 'https://api.example' };

describe('a server on a loopback address in development', () => {
  test.each([
    'localhost',
    'localhost:8000',
    'LOCALHOST:3000',
    'herald.localhost',
    '127.0.0.1:8000',
    '127.0.0.2',
    '[::1]:8000',
    'page.example',
    'page.example:3000',
    'api.example',
    undefined,
  ])('answers to %s', (host) => {
    expect(answers(CONFIGURED, host)).toBe(true);
  });

  test.each([
    'rebound.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'evil.example:8000',
    '0.0.0.0:8000',
    '192.0.2.1',
    '',
    'localhost@evil.example',
  ])('does not answer to %j', (host) => {
    expect(answers(CONFIGURED, host)).toBe(false);
  });
});

test.each<[string, NodeJS.ProcessEnv]>([
  ['in production', { ...PRODUCTION, HOST: '127.0.0.1' }],
  ['on all addresses', { HOST: '0.0.0.0' }],
  ['on an address of the network', { HOST: '192.0.2.1' }],
])('a server %s answers to every host', (_, variables) => {
  expect(answers(variables, 'herald.example')).toBe(true);
});

test.each(['localhost', '::1', '127.0.0.1'])('HOST=%s is a loopback address', (HOST) => {
  expect(answers({ HOST }, 'rebound.example')).toBe(false);
});
