import type { InboxFilter } from '@herald/protocol';
import { testItem } from '../testing/test-item.ts';
import { matches } from './matches.ts';

const ITEM = testItem('1', {
  title: 'Disk almost full',
  message: '91 % of /var is in use',
  priority: 'high',
  category: 'disk',
  audience: ['topic:ops'],
  sender: 'ada',
  tags: ['warning'],
  createdAt: '2026-01-31T08:00:00.000Z',
});

describe('matches', () => {
  it.each<[Partial<InboxFilter>, boolean]>([
    [{}, true],
    [{ view: 'all' }, true],
    [{ view: 'archived' }, false],
    [{ unread: true }, true],
    [{ unconfirmed: true }, false],
    [{ priority: ['high', 'low'] }, true],
    [{ priority: ['low'] }, false],
    [{ category: 'disk' }, true],
    [{ category: 'dis' }, false],
    [{ topic: 'ops' }, true],
    [{ sender: 'ada' }, true],
    [{ sender: 'ad' }, false],
    [{ topic: 'builds' }, false],
    [{ from: '2026-01-31T08:00:00.000Z' }, true],
    [{ to: '2026-01-31T08:00:00.000Z' }, false],
    [{ q: ' FULL /var ada WARN ' }, true],
    [{ q: 'fúll' }, true],
    [{ q: 'full empty' }, false],
    [{ q: '' }, true],
  ])('finds by %j as the server does: %j', (filter, isFound) => {
    expect(matches(ITEM, { view: 'inbox', ...filter })).toBe(isFound);
  });

  it.each(['NFC', 'NFD'])('finds a letter and its mark, sought in %s, as one', (form) => {
    const decomposed = { ...ITEM, message: 'Grüße'.normalize('NFD'), sender: 'anïs'.normalize('NFC') };
    expect(matches(decomposed, { view: 'inbox', q: 'GRÜ anïs'.normalize(form) })).toBe(true);
  });

  it('counts an archived notification as archived, even if it is snoozed as well', () => {
    const snoozedUntil = '2027-01-01T00:00:00.000Z';
    expect(matches({ ...ITEM, snoozedUntil }, { view: 'snoozed' })).toBe(true);
    expect(matches({ ...ITEM, snoozedUntil, archived: true }, { view: 'snoozed' })).toBe(false);
    expect(matches({ ...ITEM, snoozedUntil, archived: true }, { view: 'archived' })).toBe(true);
  });
});
