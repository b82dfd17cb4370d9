import type { InboxItem } from '@herald/client/inbox';
import { testItem } from '@herald/client/testing';
import { DEFAULT_PREFERENCES, type Preferences, type Priority } from '@herald/protocol';
import { attend, type Attended } from './attend';

const NIGHT = Date.parse('2026-01-15T23:00Z');
const NOON = Date.parse('2026-01-16T12:00Z');
const QUIET: Partial<Preferences> = { quietHours: { from: '22:00', to: '07:00', timeZone: 'UTC' } };

function item(priority: Priority, category = 'news', at = NOON): InboxItem {
  return testItem(`${priority}-${category}`, { priority, category, createdAt: new Date(at).toISOString() });
}

const ALL = [item('high'), item('medium'), item('low')];

function attended(arrived: InboxItem[], preferences: Partial<Preferences> = {}, now = NOON): Attended {
  return attend(new Map(), arrived, { ...DEFAULT_PREFERENCES, ...preferences }, now);
}

function ids(items: readonly InboxItem[]): string[] {
  return items.map(({ id }) => id);
}

describe('an arrival', () => {
  it('shows a toast without sound by default', () => {
    expect(attended(ALL)).toMatchObject({ single: ALL, held: [], sound: null });
  });

  it.each(['inbox', 'muted'] as const)(
    'shows no toast and plays no sound when its category is %s, whatever its priority',
    (rule) => {
      const result = attended([item('high', 'builds'), item('low')], {
        categories: { builds: rule },
        sound: true,
        minSound: 'low',
      });
      expect([ids(result.single), result.sound]).toEqual([['low-news'], 'low']);
    },
  );

  it('shows a toast when its category is named like an inherited object property', () => {
    expect(ids(attended([item('low', 'constructor')]).single)).toEqual(['low-constructor']);
  });

  it('shows no toast below the minimum priority', () => {
    expect(ids(attended(ALL, { minToast: 'medium' }).single)).toEqual(['high-news', 'medium-news']);
    expect(ids(attended(ALL, { minToast: 'high' }).single)).toEqual(['high-news']);
  });

  it('sounds only if it is the most urgent audible one', () => {
    expect(attended(ALL, { sound: true, minSound: 'low' }).sound).toBe('high');
    expect(attended(ALL.slice(1), { sound: true, minSound: 'low' }).sound).toBe('medium');
    expect(attended(ALL.slice(1), { sound: true, minSound: 'high' }).sound).toBeNull();
    expect(attended(ALL, { sound: false, minSound: 'low' }).sound).toBeNull();
  });

  it('is held back in quiet hours unless its priority is high', () => {
    const result = attended(ALL, { ...QUIET, sound: true, minSound: 'low' }, NIGHT);
    expect([ids(result.single), ids(result.held), result.sound]).toEqual([
      ['high-news'],
      ['medium-news', 'low-news'],
      'high',
    ]);
  });

  it('is not held back when it would show no toast anyway', () => {
    const chosen: Partial<Preferences> = { ...QUIET, minToast: 'medium', categories: { builds: 'inbox' } };
    expect(attended([item('low'), item('medium', 'builds')], chosen, NIGHT)).toMatchObject({ single: [], held: [] });
  });

  it('is held back when sent in quiet hours and received after they end', () => {
    const late = [item('low', 'news', NIGHT), item('high', 'news', NIGHT), item('low')];
    const { single, held } = attended(late, QUIET);
    expect([ids(single), ids(held)]).toEqual([['high-news', 'low-news'], ['low-news']]);
  });

  it('is counted when it is one of several that arrived while the page was away', () => {
    const late = ALL.map((one) => ({ ...one, isLate: true }));
    const result = attended([...late, item('low', 'live')], { minToast: 'medium', sound: true });
    expect([ids(result.late), ids(result.single), result.sound]).toEqual([['high-news', 'medium-news'], [], 'high']);
    expect(attended(late.slice(2))).toMatchObject({ late: [], single: [late[2]] });
  });

  it('folds into a flood, which does not count arrivals without a toast', () => {
    const flood = Array.from({ length: 40 }, () => item('low', 'builds'));
    const { single, folded } = attended(flood);
    expect([single.length, folded.get('builds')?.length]).toEqual([5, 35]);
    expect(attended(flood, { minToast: 'medium' })).toMatchObject({ single: [], folded: new Map(), gauge: new Map() });
  });
});
