import type { BuiltInTemplate } from '@herald/protocol';
import { isProven } from './proof.js';

/** The example in GitHub's documentation. */
const SECRET = "It's a Secret to Everybody";
const BODY = Buffer.from('Hello, World!');
const HMAC = '757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17';
const OFF_BY_ONE = HMAC.replace(/7$/, '8');

describe('isProven', () => {
  test.each<[BuiltInTemplate, Record<string, string>]>([
    ['github', { 'x-hub-signature-256': `sha256=${HMAC}` }],
    ['gitlab', { 'x-gitlab-token': SECRET }],
    ['sentry', { 'sentry-hook-signature': HMAC }],
  ])('takes the proof of %s', (template, headers) => {
    expect(isProven(template, headers, BODY, SECRET)).toBe(true);
    expect(isProven(template, headers, BODY, `${SECRET}.`)).toBe(false);
  });

  test('takes a token beyond ASCII as Node hands it over', () => {
    const headers = { 'x-gitlab-token': Buffer.from('Größe').toString('latin1') };
    expect(isProven('gitlab', headers, BODY, 'Größe')).toBe(true);
  });

  test.each<[string, BuiltInTemplate, Record<string, string>]>([
    ['no signature', 'github', {}],
    ['an empty one', 'github', { 'x-hub-signature-256': '' }],
    ['one that is off by a byte', 'github', { 'x-hub-signature-256': `sha256=${OFF_BY_ONE}` }],
    ['one that is too short', 'github', { 'x-hub-signature-256': `sha256=${HMAC.slice(0, -1)}` }],
    ['one without its algorithm', 'github', { 'x-hub-signature-256': HMAC }],
    ['one of SHA-1', 'github', { 'x-hub-signature': 'sha1=0' }],
    ['the secret itself', 'github', { 'x-hub-signature-256': SECRET }],
    ['the proof of another program', 'sentry', { 'x-gitlab-token': SECRET }],
    ['a program without a proof', 'alertmanager', { 'x-gitlab-token': SECRET, 'sentry-hook-signature': HMAC }],
  ])('refuses %s', (_, template, headers) => {
    expect(isProven(template, headers, BODY, SECRET)).toBe(false);
  });

  test('refuses the signature of another body', () => {
    const headers = { 'sentry-hook-signature': HMAC };
    expect(isProven('sentry', headers, Buffer.from('Hello, World?'), SECRET)).toBe(false);
  });
});
