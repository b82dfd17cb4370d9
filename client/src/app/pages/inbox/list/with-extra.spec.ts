import type { InboxItem } from '@herald/client/inbox';
import { withExtra } from './with-extra';

const item = (id: string): InboxItem => ({ id }) as InboxItem;
const ids = (items: readonly InboxItem[]): string => items.map(({ id }) => id).join('');

describe('withExtra', () => {
  const list = ['e', 'c', 'a'].map(item);

  test.each([
    ['f', 'feca'],
    ['d', 'edca'],
    ['0', 'eca0'],
  ])('adds %s in its order', (id, expected) => {
    expect(ids(withExtra(list, [item(id)]))).toBe(expected);
  });

  test('leaves the list as it is if the notification is in it, or if there is none', () => {
    expect(withExtra(list, [item('c')])).toBe(list);
    expect(withExtra(list, [])).toBe(list);
  });
});
