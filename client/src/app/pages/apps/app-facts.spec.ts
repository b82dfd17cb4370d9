import type { App } from '@herald/protocol';
import { expiryOf, isExpired, lastUseOf, oldKeyEndOf, purposeOf } from './app-facts';

const NOW = Date.parse('2026-11-30T12:00:00Z');
const app = (fields: Partial<App> = {}): App => ({
  id: 1,
  name: 'backup',
  owner: 'ada',
  scope: 'send',
  audience: ['user:ada', 'topic:backups'],
  createdAt: '2026-11-01T12:00:00.000Z',
  ...fields,
});
const minutes = (count: number): string => new Date(NOW + count * 60_000).toISOString();

describe('the facts of an app', () => {
  it.each<[string, Partial<App>, string]>([
    ['ada', {}, 'Sends to you, topic backups'],
    ['bob', {}, 'Sends to ada, topic backups'],
    ['ada', { scope: 'read', audience: [] }, 'Reads your notifications'],
    ['bob', { scope: 'read', audience: [] }, 'Reads the notifications of ada'],
  ])('for %s say what it is for: %j', (me, fields, words) => {
    expect(purposeOf(app(fields), me)).toBe(words);
  });

  it.each([
    [{}, 'Never used'],
    [{ lastUsedAt: minutes(-0.9), lastUsedFrom: '192.0.2.7' }, 'Used just now from 192.0.2.7'],
    [{ lastUsedAt: minutes(-5), lastUsedFrom: '192.0.2.7' }, 'Last used 5 min. ago from 192.0.2.7'],
  ])('say when it was last used: %j', (fields, words) => {
    expect(lastUseOf(app(fields), NOW, 'en')).toBe(words);
  });

  it('say until when an older key is valid, while it is', () => {
    expect(oldKeyEndOf(app(), NOW, 'en')).toBeNull();
    expect(oldKeyEndOf(app({ previousKeyUntil: minutes(0) }), NOW, 'en')).toBeNull();
    expect(oldKeyEndOf(app({ previousKeyUntil: minutes(1) }), NOW, 'en')).toMatch(/^Nov 30, 2026/);
  });

  it('say when its key expires, or that it has', () => {
    const [later, over] = [app({ expiresAt: minutes(1) }), app({ expiresAt: minutes(0) })];
    expect(expiryOf(app(), NOW, 'en')).toBeNull();
    expect(expiryOf(later, NOW, 'en')).toMatch(/^Expires Nov 30, 2026/);
    expect(expiryOf(over, NOW, 'en')).toMatch(/^Expired Nov 30, 2026/);
    expect([app(), later, over].map((one) => isExpired(one, NOW))).toEqual([false, false, true]);
  });
});
