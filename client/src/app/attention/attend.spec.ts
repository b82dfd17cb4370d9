import type { Priority } from '../../../../protocol/notification';
import { DEFAULT_PREFERENCES, type Preferences } from '../../../../protocol/preferences';
import type { InboxItem } from '../inbox/store/inbox-item';
import { attend, type Attended } from './attend';
import { testItem } from './test-item';

const NIGHT = Date.parse('2026-01-15T23:00Z');
const NOON = Date.parse('2026-01-16T12:00Z');
const QUIET: Partial<Preferences> = { quietHours: { from: '22:00', to: '07:00', timeZone: 'UTC' } };

function item(priority: Priority, category = 'news', at = NOON): InboxItem {
  return testItem({ id: `${priority}-${category}`, priority, category, createdAt: new Date(at).toISOString() });
}

const ALL = [item('high'), item('medium'), item('low')];

function attended(arrived: InboxItem[], preferences: Partial<Preferences> = {}, now = NOON): Attended {
  return attend(new Map(), arrived, { ...DEFAULT_PREFERENCES, ...preferences }, now);
}

function ids(items: readonly InboxItem[]): string[] {
  return items.map(({ id }) => id);
}

describe("what a person's preferences make of an arrival", () => {
  it('pops up, in silence, as long as nothing was chosen', () => {
    expect(attended(ALL)).toMatchObject({ single: ALL, held: [], sound: null });
  });

  it.each(['inbox', 'muted'] as const)('does not pop up, nor sound, when its category is %s, urgent or not', (rule) => {
    const result = attended([item('high', 'builds'), item('low')], {
      categories: { builds: rule },
      sound: true,
      minSound: 'low',
    });
    expect([ids(result.single), result.sound]).toEqual([['low-news'], 'low']);
  });

  it('takes a category by its own name, and not for a rule of every object', () => {
    expect(ids(attended([item('low', 'constructor')]).single)).toEqual(['low-constructor']);
  });

  it('does not pop up when it is less urgent than asked for', () => {
    expect(ids(attended(ALL, { minToast: 'medium' }).single)).toEqual(['high-news', 'medium-news']);
    expect(ids(attended(ALL, { minToast: 'high' }).single)).toEqual(['high-news']);
  });

  it('sounds once, as the most urgent of what may be heard', () => {
    expect(attended(ALL, { sound: true, minSound: 'low' }).sound).toBe('high');
    expect(attended(ALL.slice(1), { sound: true, minSound: 'low' }).sound).toBe('medium');
    expect(attended(ALL.slice(1), { sound: true, minSound: 'high' }).sound).toBeNull();
    expect(attended(ALL, { sound: false, minSound: 'low' }).sound).toBeNull();
  });

  it('is held back in quiet hours, except high', () => {
    const result = attended(ALL, { ...QUIET, sound: true, minSound: 'low' }, NIGHT);
    expect([ids(result.single), ids(result.held), result.sound]).toEqual([
      ['high-news'],
      ['medium-news', 'low-news'],
      'high',
    ]);
  });

  it('is neither held back when it would not have popped up', () => {
    const chosen: Partial<Preferences> = { ...QUIET, minToast: 'medium', categories: { builds: 'inbox' } };
    expect(attended([item('low'), item('medium', 'builds')], chosen, NIGHT)).toMatchObject({ single: [], held: [] });
  });

  it('is held back when it came in quiet hours, and is known only now that they are over', () => {
    const late = [item('low', 'news', NIGHT), item('high', 'news', NIGHT), item('low')];
    const { single, held } = attended(late, QUIET);
    expect([ids(single), ids(held)]).toEqual([['high-news', 'low-news'], ['low-news']]);
  });

  it('is counted when it is one of several that came while the page was away', () => {
    const late = ALL.map((one) => ({ ...one, isLate: true }));
    const result = attended([...late, item('low', 'live')], { minToast: 'medium', sound: true });
    expect([ids(result.late), ids(result.single), result.sound]).toEqual([['high-news', 'medium-news'], [], 'high']);
    expect(attended(late.slice(2))).toMatchObject({ late: [], single: [late[2]] });
  });

  it('folds a flood, and does not hold it against what did not pop up', () => {
    const flood = Array.from({ length: 40 }, () => item('low', 'builds'));
    const { single, folded } = attended(flood);
    expect([single.length, folded.get('builds')?.length]).toEqual([5, 35]);
    expect(attended(flood, { minToast: 'medium' })).toMatchObject({ single: [], folded: new Map(), gauge: new Map() });
  });
});
