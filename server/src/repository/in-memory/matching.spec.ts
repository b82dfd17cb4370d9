import { notificationOf } from '#test/repository/notification-repository.contract.js';
import { type InboxFilter, topicChannel } from '@herald/protocol';
import { jest } from '@jest/globals';
import { matching } from './matching.js';
import { SearchText } from './search-text.js';
import type { State } from '../mark-state.js';
import { StoredNotification } from './stored-notification.js';

const UNTOUCHED: State = { read: false, archived: false, snoozedUntil: null };
/** A word of the text, so that the signature does not rule it out. */
const SEARCH: InboxFilter = { view: 'inbox', q: 'live' };

describe('matching', () => {
  const stored = new StoredNotification(notificationOf('low'), ['everyone', topicChannel('builds')]);
  let read: jest.SpiedFunction<SearchText['has']>;

  beforeEach(() => {
    read = jest.spyOn(SearchText.prototype, 'has');
  });

  afterEach(() => read.mockRestore());

  const matches = (filter: InboxFilter, state = UNTOUCHED): boolean => matching(filter, () => state)(stored);

  test('reads the text of a notification that meets all other conditions', () => {
    const all: InboxFilter = {
      ...SEARCH,
      unread: true,
      priority: ['low'],
      category: 'deploy',
      topic: 'builds',
      from: '2026-01-01',
    };
    expect(matches(all)).toBe(true);
    expect(read).toHaveBeenCalledTimes(1);
  });

  test.each<[string, Partial<InboxFilter>, Partial<State>]>([
    ['priority', { priority: ['high', 'medium'] }, {}],
    ['category', { category: 'builds' }, {}],
    ['topic', { topic: 'sport' }, {}],
    ['start of the period', { from: '2126-01-01' }, {}],
    ['unread state', { unread: true }, { read: true }],
    ['view', {}, { archived: true }],
    ['signature', { q: 'live qzw' }, {}],
  ])('does not read the text when the %s already rules the notification out', (_, filter, state) => {
    expect(matches({ ...SEARCH, ...filter }, { ...UNTOUCHED, ...state })).toBe(false);
    expect(read).not.toHaveBeenCalled();
  });

  test('reads no text without a search', () => {
    expect(matches({ view: 'all' })).toBe(true);
    expect(read).not.toHaveBeenCalled();
  });
});
