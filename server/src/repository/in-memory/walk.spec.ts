import { notificationOf } from '#test/repository/notification-repository.contract.js';
import { newId } from '../new-id.js';
import { SortedList } from './sorted-list.js';
import { byAge, StoredNotification } from './stored-notification.js';
import { Walk } from './walk.js';

const never = (): boolean => false;
const always = (): boolean => true;

describe('Walk', () => {
  let lists: SortedList<StoredNotification>[];

  /** Adds a notification to some of the lists. */
  function add(...to: number[]): StoredNotification {
    const stored = new StoredNotification(notificationOf('low', newId()), ['everyone']);
    for (const n of to) lists[n]!.add(stored);
    return stored;
  }

  beforeEach(() => {
    lists = Array.from({ length: 3 }, () => new SortedList<StoredNotification>(byAge));
  });

  test('shows what is in several lists once, newest first', () => {
    const all = [add(0), add(1, 2), add(2), add(0, 1, 2), add(1)];
    const shown: StoredNotification[] = [];
    new Walk(lists, undefined, always, always).run((stored) => shown.push(stored) > 0, never);
    expect(shown).toEqual(all.reverse());
  });

  test('visits few that are older than what it shows, where only one of the lists has matches', () => {
    for (let n = 0; n < 10_000; n++) add(n % 2);
    const wanted = new Set(Array.from({ length: 50 }, () => add(2)));
    for (let n = 0; n < 100; n++) add(n % 2);
    let visits = 0;
    const matches = (stored: StoredNotification): boolean => {
      visits += 1;
      return wanted.has(stored);
    };
    const shown: StoredNotification[] = [];
    new Walk(lists, undefined, matches, always).run((stored) => shown.push(stored) < 50, never);
    expect(shown).toEqual([...wanted].reverse());
    expect(visits).toBeLessThan(100 + 50 + 2 * 64 + 2);
  });

  test('goes on after a pause at any place', () => {
    const all = Array.from({ length: 300 }, (_, n) => add(n % 3, (n + 1) % 3));
    const shown: StoredNotification[] = [];
    const walk = new Walk(lists, undefined, ({ id }) => id !== all[7]!.id, always);
    let asked = 0;
    while (
      !walk.run(
        (stored) => shown.push(stored) > 0,
        () => (asked += 1) % 2 === 1,
      )
    );
    expect(shown).toEqual(all.filter((_, n) => n !== 7).reverse());
    expect(asked).toBeGreaterThan(10);
  });
});
