import { faultOf } from './proxy-verdict.ts';

test.each([
  [101, undefined],
  [401, 'invalid_token'],
  [403, 'wrong_scope'],
  [429, 'too_many_connections'],
  [503, 'stopping'],
])('an upgrade that is answered by %i %s has reached the server as it was sent', (status, code) => {
  expect(faultOf({ status, ...(code !== undefined && { code }) })).toBeUndefined();
});

test.each([
  [403, 'origin_refused', 'the header Host'],
  [421, 'unknown_host', 'FRONTEND_URL'],
  [426, 'upgrade_required', 'the header Upgrade'],
  [404, 'unknown_path', 'unknown_path'],
  [502, undefined, '502'],
])('an upgrade that is answered by %i %s has not', (status, code, words) => {
  expect(faultOf({ status, ...(code !== undefined && { code }) })).toContain(words);
});
