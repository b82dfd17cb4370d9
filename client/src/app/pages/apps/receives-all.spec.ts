import type { App } from '@herald/protocol';
import { receivesAll } from './receives-all';

const ADA = { username: 'ada', roles: ['ops'], topics: ['builds'] };
const app = (audience: string[], scope: App['scope'] = 'send'): App => ({
  ...{ id: 1, name: 'backup', owner: 'ada', scope, audience, createdAt: '2026-11-01T12:00:00.000Z' },
});

describe('receivesAll', () => {
  it.each([
    [true, ['everyone', 'user:ada', 'role:ops', 'topic:builds']],
    [false, ['user:ada', 'user:bob']],
    [false, ['role:oncall']],
    [false, ['topic:news']],
  ])('is %s for the audience %j', (expected, audience) => {
    expect(receivesAll(ADA, app(audience))).toBe(expected);
  });

  it('is false for an app that reads', () => {
    expect(receivesAll(ADA, app([], 'read'))).toBe(false);
  });
});
