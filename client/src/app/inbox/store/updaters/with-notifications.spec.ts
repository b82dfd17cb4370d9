import type { Notification } from '../../../../../../protocol/notification';
import { ITEMS_MAX, withNotifications } from './with-notifications';

function named(...ids: string[]): Notification[] {
  return ids.map((id) => ({ id, title: id, message: '', priority: 'low', category: 'c', audience: ['everyone'], sender: 's', createdAt: '' }));
}

function many(count: number): Notification[] {
  return named(...Array.from({ length: count }, (_, i) => String(count - i).padStart(6, '0')));
}

describe('withNotifications', () => {
  it('puts each in its place, newest first', () => {
    expect(withNotifications(named('d', 'b'), named('c', 'e', 'a')).map(({ id }) => id)).toEqual(['e', 'd', 'c', 'b', 'a']);
  });

  it('has each id once', () => {
    expect(withNotifications(named('b', 'a'), named('b', 'c')).map(({ id }) => id)).toEqual(['c', 'b', 'a']);
  });

  it('stays the same list when nothing is new, so that nothing is drawn again', () => {
    const list = named('b', 'a');
    expect(withNotifications(list, named('a'))).toBe(list);
  });

  it('drops the oldest beyond what is kept in memory', () => {
    const list = withNotifications(many(ITEMS_MAX), named('999999'));
    expect([list.length, list[0]?.id, list.at(-1)?.id]).toEqual([ITEMS_MAX, '999999', '000002']);
  });

  it('keeps the older ones that were asked for', () => {
    expect(withNotifications(many(ITEMS_MAX), named('000000'), true).at(-1)?.id).toBe('000000');
  });
});
