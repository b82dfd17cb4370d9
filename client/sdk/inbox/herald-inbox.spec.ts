import {
  DEFAULT_PREFERENCES,
  type InboxChanged,
  type InboxCounts,
  type InboxFilter,
  type InboxPage,
  type Notification,
  type StateChange,
} from '@herald/protocol';
import { jest } from '@jest/globals';
import { Subject } from 'rxjs';
import type { ConnectionEvent } from '../connection/progress.ts';
import { testItem } from '../testing/test-item.ts';
import { testPage } from '../testing/test-page.ts';
import { fateOf } from './fate-of.ts';
import { HeraldInbox } from './herald-inbox.ts';
import type { InboxApi, Selection } from './inbox-api.ts';
import type { InboxItem } from './inbox-item.ts';
import { countsIn, listIn } from './inbox-state.ts';

class Refused extends Error {}

const COUNTS = { unread: 3, inbox: 3, archived: 0, snoozed: 0, unconfirmed: 0 };
/** Longer than a burst is collected. */
const BURST_MS = 60;

describe('HeraldInbox', () => {
  let events: Subject<ConnectionEvent>;
  let inbox: HeraldInbox;
  let page: jest.Mock<(filter: InboxFilter, before: string | null, limit: number) => Promise<InboxPage>>;
  let change: jest.Mock<(selection: Selection, change: StateChange) => Promise<InboxChanged>>;
  let one: jest.Mock<(id: string) => Promise<InboxItem>>;

  beforeEach(async () => {
    jest.useFakeTimers();
    events = new Subject();
    page = jest.fn(() => Promise.resolve(testPage(['003', '002', '001'])));
    change = jest.fn((selection) =>
      Promise.resolve({
        ids: 'ids' in selection ? [...selection.ids] : ['003', '002', '001'],
        counts: { ...COUNTS, unread: 2 },
        asOf: '110',
      }),
    );
    one = jest.fn((id) => Promise.resolve(testItem(id, { archived: true })));
    inbox = new HeraldInbox({
      api: { page, change, one, isRefused: (error) => error instanceof Refused } satisfies InboxApi,
      events$: events,
      lastSeen: () => null,
      kept: () => Promise.resolve(null),
    });
    await settle();
  });

  afterEach(() => {
    inbox.close();
    jest.useRealTimers();
  });

  const items = (): readonly InboxItem[] => listIn(inbox.getState());
  const counts = (): InboxCounts => countsIn(inbox.getState());

  async function settle(): Promise<void> {
    await jest.advanceTimersByTimeAsync(BURST_MS);
  }

  async function state(
    id: string,
    fields: StateChange,
    ids = ['002'],
    counts = { ...COUNTS, unread: 2 },
  ): Promise<void> {
    events.next({
      kind: 'state',
      data: { id, lane: 'medium', ids, ...fields, counts, channel: 'user:ada', offset: 1 },
      isLate: false,
    });
    await settle();
  }

  function notify(id: string, fields: Partial<Notification> = {}, isLate = false): void {
    const data = { ...testItem(id), ...fields, channel: 'everyone', offset: Number(id) };
    events.next({ kind: 'notification', data, isLate });
  }

  const ids = (): string[] => items().map(({ id }) => id);
  const unread = (): string[] => items().flatMap(({ id, read }) => (read ? [] : [id]));

  it("shows the newest page, and the server's counts", () => {
    expect([ids(), counts(), inbox.getState().loading]).toEqual([['003', '002', '001'], COUNTS, 'ready']);
  });

  it('has the contract of useSyncExternalStore: its two functions work unbound, and an unchanged state is the same object', async () => {
    const { getState, subscribe } = inbox;
    const before = getState();
    const listener = jest.fn();
    const unsubscribe = subscribe(listener);
    expect([getState() === before, listener.mock.calls.length]).toEqual([true, 0]);
    await state('101', { read: true });
    expect([getState() === before, listener.mock.calls.length]).toEqual([false, 1]);
    unsubscribe();
    await state('102', { read: false });
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it('follows what another tab does, without asking the server again', async () => {
    await state('101', { read: true });
    expect([unread(), counts().unread]).toEqual([['003', '001'], 2]);
    await state('102', { archived: true }, ['003'], { unread: 1, inbox: 2, archived: 1, snoozed: 0, unconfirmed: 0 });
    expect([ids(), counts().archived]).toEqual([['002', '001'], 1]);
    await state('103', { archived: false }, ['003'], COUNTS);
    expect(ids()).toEqual(['003', '002', '001']);
    expect(page).toHaveBeenCalledTimes(1);
  });

  it('drops notifications that were retracted or replaced', async () => {
    events.next({
      kind: 'retract',
      data: { id: '101', lane: 'low', notificationId: '003', channel: 'everyone', offset: 2 },
      isLate: false,
    });
    notify('102', { replaces: '001' });
    await settle();
    expect([ids(), counts()]).toEqual([['102', '002'], { ...COUNTS, unread: 2, inbox: 2 }]);
  });

  it('asks the server when a change may bring an unknown notification into view', async () => {
    page.mockResolvedValue(testPage(['004', '003'], { asOf: '120' }));
    await state('101', { snoozedUntil: null, read: false }, ['004']);
    expect([ids(), page.mock.calls.length]).toEqual([['004', '003'], 2]);
  });

  it('requests an entry that every page lacks at most every 5 s', async () => {
    // The server's pages are older than the entries that it has sent.
    await state('101', { snoozedUntil: null, read: false }, ['004']);
    const asked = page.mock.calls.length;
    await jest.advanceTimersByTimeAsync(20_000);
    expect([asked, page.mock.calls.length]).toEqual([2, 6]);
  });

  it('requests a notification that the person has just brought back at once, however recent the last page is', async () => {
    page.mockResolvedValueOnce(testPage(['003', '002', '001'], { asOf: '105' }));
    await state('101', { archived: false }, ['004']);
    page.mockResolvedValueOnce(testPage(['005', '003', '002', '001'], { asOf: '120' }));
    await inbox.change(['005'], { archived: false });
    await settle();
    expect([ids(), page.mock.calls.length]).toEqual([['005', '003', '002', '001'], 3]);
  });

  it('asks the server when other categories are muted, and not for any other choice', async () => {
    const preferences = { ...DEFAULT_PREFERENCES, sound: true };
    events.next({
      kind: 'preferences',
      data: { id: '101', lane: 'medium', preferences, channel: 'user:ada', offset: 1 },
      isLate: false,
    });
    await settle();
    expect(page).toHaveBeenCalledTimes(1);
    const muting = { ...preferences, categories: { news: 'muted' as const } };
    events.next({
      kind: 'preferences',
      data: { id: '102', lane: 'medium', preferences: muting, channel: 'user:ada', offset: 2 },
      isLate: false,
    });
    await settle();
    expect(page).toHaveBeenCalledTimes(2);
  });

  it('shows a change before the server has answered, and keeps what it answers', async () => {
    const done = inbox.change(['002'], { archived: true, read: true });
    expect([ids(), counts()]).toEqual([
      ['003', '001'],
      { unread: 2, inbox: 2, archived: 1, snoozed: 0, unconfirmed: 0 },
    ]);
    await done;
    expect(change.mock.calls).toEqual([[{ ids: ['002'] }, { archived: true, read: true }]]);
    expect([ids(), counts()]).toEqual([['003', '001'], { ...COUNTS, unread: 2 }]);
  });

  it('takes a change back that the server refuses, and hands over the error', async () => {
    const refused = new Refused();
    change.mockRejectedValueOnce(refused);
    expect(await inbox.change(['002'], { archived: true })).toEqual({ done: null, error: refused, rest: ['002'] });
    expect([ids(), counts()]).toEqual([['003', '002', '001'], COUNTS]);
  });

  it('undoes a change by its reverse, on the notifications that the server has changed', async () => {
    change.mockResolvedValueOnce({ ids: ['002'], counts: COUNTS, asOf: '110' });
    expect((await inbox.change(['002', '001'], { archived: true })).done).toEqual({
      ids: ['002'],
      undo: [{ ids: ['002'], change: { archived: false } }],
    });
    const snoozed = await inbox.change(['002'], { snoozedUntil: '2027-01-01T00:00:00.000Z' });
    expect(snoozed.done?.undo).toEqual([{ ids: ['002'], change: { snoozedUntil: null } }]);
  });

  it('has nothing to undo if the server changed nothing', async () => {
    await inbox.change(['002'], { archived: true });
    change.mockResolvedValueOnce({ ids: [], counts: COUNTS, asOf: '111' });
    expect((await inbox.change(['001'], { read: true })).done).toBeNull();
  });

  it('undoes waking by snoozing until the same instant, and only those that were snoozed', async () => {
    const wereSnoozed = [{ ids: ['002'], snoozedUntil: '2027-01-01T00:00:00.000Z' }];
    change.mockResolvedValueOnce({ ids: ['003', '002'], wereSnoozed, counts: COUNTS, asOf: '110' });
    const woken = await inbox.change(['003', '002'], { snoozedUntil: null });
    expect(woken.done?.undo).toEqual([
      { ids: ['002'], change: { snoozedUntil: '2027-01-01T00:00:00.000Z' } },
      { ids: ['003'], change: { snoozedUntil: null } },
    ]);
  });

  it('changes all that match the filter by now, loaded or not', async () => {
    inbox.show({ view: 'all', category: 'news' });
    await settle();
    await inbox.change({ upTo: '003' }, { read: true });
    expect(change.mock.calls).toEqual([[{ filter: { view: 'all', category: 'news' }, upTo: '003' }, { read: true }]]);
    expect(unread()).toEqual([]);
  });

  it('shows matches of another filter: held ones at once, then those of the server', async () => {
    page.mockResolvedValue(testPage([], { asOf: '120', items: [testItem('002', { archived: true })] }));
    inbox.show({ view: 'archived' });
    expect(inbox.getState().loading).toBe('loading');
    await settle();
    expect([ids(), page.mock.calls.at(-1)]).toEqual([['002'], [{ view: 'archived' }, null, 50]]);
  });

  it('loads older notifications behind the cursor, until the end', async () => {
    page.mockResolvedValue(testPage(['003'], { nextCursor: '003', asOf: '120' }));
    inbox.show({ view: 'inbox' });
    await settle();
    page.mockResolvedValue(testPage(['002', '001'], { asOf: '121' }));
    expect(inbox.getState().inbox.query.cursor !== null).toBe(true);
    await inbox.loadOlder();
    expect([ids(), inbox.getState().inbox.query.cursor !== null, page.mock.calls.at(-1)]).toEqual([
      ['003', '002', '001'],
      false,
      [{ view: 'inbox' }, '003', 50],
    ]);
  });

  it('loads older notifications of another filter while those of the last one are under way', async () => {
    page.mockResolvedValue(testPage(['003'], { nextCursor: '003', asOf: '120' }));
    inbox.show({ view: 'inbox' });
    await settle();
    page.mockReturnValueOnce(new Promise(() => undefined));
    void inbox.loadOlder();
    inbox.show({ view: 'all' });
    await settle();
    page.mockResolvedValueOnce(testPage(['002'], { asOf: '121' }));
    await inbox.loadOlder();
    expect(page.mock.calls.at(-1)).toEqual([{ view: 'all' }, '003', 50]);
    expect(ids()).toEqual(['003', '002']);
  });

  it('opens a held notification, or fetches it, and keeps it out of a list that it does not match', async () => {
    expect((await inbox.open('002'))?.title).toBe('002');
    expect(one).not.toHaveBeenCalled();
    expect((await inbox.open('000'))?.archived).toBe(true);
    expect(ids()).toEqual(['003', '002', '001']);
  });

  it('ignores answers once it is closed', async () => {
    page.mockResolvedValueOnce(testPage(['003'], { nextCursor: '003', asOf: '101' }));
    inbox.reload();
    await settle();
    let answer: (older: InboxPage) => void = () => undefined;
    page.mockReturnValueOnce(new Promise((resolve) => (answer = resolve)));
    const loading = inbox.loadOlder();
    const before = inbox.getState();
    inbox.close();
    answer(testPage(['002'], { asOf: '102' }));
    await loading;
    expect(inbox.getState()).toBe(before);
  });

  it('opens nothing if there is no such notification', async () => {
    one.mockRejectedValueOnce(new Refused());
    expect(await inbox.open('000')).toBeUndefined();
  });

  it('tells of late notifications, except those that were read or put away elsewhere by then', async () => {
    const told: string[][] = [];
    inbox.arrivals$.subscribe(({ items, isLate }) => told.push([String(isLate), ...items.map(({ id }) => id)]));
    for (const id of ['101', '102', '103']) notify(id, {}, true);
    await state('104', { read: true }, ['101']);
    await state('105', { archived: true }, ['102']);
    expect(told).toEqual([]);
    events.next({ kind: 'caught-up' });
    await settle();
    expect(told).toEqual([['true', '103']]);
  });

  it.each([
    [
      'was taken back or expired',
      {
        kind: 'retract',
        data: { id: '090', lane: 'low', notificationId: '080', channel: 'everyone', offset: 2 },
        isLate: true,
      },
    ],
    [
      'was read elsewhere',
      {
        kind: 'state',
        data: { id: '090', lane: 'medium', ids: ['080'], read: true, counts: COUNTS, channel: 'user:ada', offset: 2 },
        isLate: true,
      },
    ],
    [
      'was put away elsewhere',
      {
        kind: 'state',
        data: {
          id: '090',
          lane: 'medium',
          ids: ['080'],
          archived: true,
          counts: COUNTS,
          channel: 'user:ada',
          offset: 2,
        },
        isLate: true,
      },
    ],
  ] as const)(
    'does not tell of what came meanwhile and %s, though the page was read before the entries came',
    async (_, entry) => {
      const told: string[] = [];
      inbox.arrivals$.subscribe(({ items }) => told.push(...items.map(({ id }) => id)));
      events.next({ kind: 'welcome', resumed: true, newest: '095' });
      for (const id of ['080', '081']) notify(id, {}, true);
      events.next(entry as ConnectionEvent);
      events.next({ kind: 'caught-up' });
      await settle();
      expect(told).toEqual(['081']);
    },
  );

  it('tells of live notifications as such, even if a page brings them sooner', async () => {
    const told: string[][] = [];
    inbox.arrivals$.subscribe(({ items, isLate }) => told.push([String(isLate), ...items.map(({ id }) => id)]));
    page.mockResolvedValue(testPage(['004', '003', '002', '001']));
    events.next({ kind: 'welcome', resumed: false, newest: '003' });
    events.next({ kind: 'caught-up' });
    await settle();
    notify('004');
    await settle();
    expect(told).toEqual([['false', '004']]);
    expect(items().filter(({ isLate }) => isLate)).toEqual([]);
  });

  it('tells the first listener of earlier arrivals, and no other one', async () => {
    notify('004');
    await settle();
    const told: string[][] = [[], []];
    for (const ids of told) inbox.arrivals$.subscribe(({ items }) => ids.push(...items.map(({ id }) => id)));
    await settle();
    notify('005');
    await settle();
    expect(told).toEqual([['004', '005'], ['005']]);
  });

  it('tells why a notification is gone', async () => {
    const data = { id: '101', lane: 'low' as const, notificationId: '003', channel: 'everyone', offset: 2 };
    events.next({ kind: 'retract', data, isLate: false });
    notify('102', { replaces: '001' });
    await settle();
    const fates = ['001', '002', '003'].map((id) => fateOf(inbox.getState().inbox, id));
    expect(fates).toEqual([{ kind: 'replaced', by: '102' }, null, { kind: 'gone' }]);
  });

  it('stops asking for a page that the server refuses, and keeps the list', async () => {
    page.mockRejectedValue(new Refused());
    events.next({ kind: 'channels' });
    await jest.advanceTimersByTimeAsync(60_000);
    expect([ids(), inbox.getState().loading, page.mock.calls.length]).toEqual([['003', '002', '001'], 'ready', 2]);
  });
});
