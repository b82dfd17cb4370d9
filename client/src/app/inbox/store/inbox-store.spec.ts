import { HttpErrorResponse } from '@angular/common/http';
import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { jest } from '@jest/globals';
import { Subject } from 'rxjs';
import type { InboxChanged, InboxFilter, InboxItem, InboxPage, StateChange } from '../../../../../protocol/inbox';
import { DEFAULT_PREFERENCES } from '../../../../../protocol/preferences';
import { Connection } from '../../connection/connection';
import type { ConnectionEvent } from '../../../../sdk/connection/progress';
import { Session } from '../../session/session';
import { InboxStore } from './inbox-store';
import { NotificationsApi, type Selection } from './notifications-api';

const COUNTS = { unread: 3, inbox: 3, archived: 0, snoozed: 0 };
/** Longer than a burst is collected. */
const BURST_MS = 60;

function item(id: string, fields: Partial<InboxItem> = {}): InboxItem {
  const sent = {
    title: id,
    message: '',
    priority: 'low' as const,
    category: 'news',
    audience: ['everyone'],
    sender: 's',
    createdAt: '2026-01-31T08:00:00.000Z',
  };
  return { ...sent, id, read: false, archived: false, snoozedUntil: null, ...fields };
}

function pageOf(ids: string[], fields: Partial<InboxPage> = {}): InboxPage {
  return { items: ids.map((id) => item(id)), nextCursor: null, counts: COUNTS, muted: [], asOf: '100', ...fields };
}

describe('InboxStore', () => {
  const signedIn = signal({ username: 'ada' });
  let events: Subject<ConnectionEvent>;
  let store: InboxStore;
  let page: jest.Mock<(filter: InboxFilter, before: string | null) => Promise<InboxPage>>;
  let change: jest.Mock<(selection: Selection, change: StateChange) => Promise<InboxChanged>>;
  let one: jest.Mock<(id: string) => Promise<InboxItem>>;

  beforeEach(async () => {
    jest.useFakeTimers();
    localStorage.clear();
    events = new Subject();
    signedIn.set({ username: 'ada' });
    page = jest.fn(() => Promise.resolve(pageOf(['003', '002', '001'])));
    change = jest.fn((selection) =>
      Promise.resolve({
        ids: 'ids' in selection ? [...selection.ids] : ['003', '002', '001'],
        counts: { ...COUNTS, unread: 2 },
        asOf: '110',
      }),
    );
    one = jest.fn((id) => Promise.resolve(item(id, { archived: true })));
    TestBed.configureTestingModule({
      providers: [
        { provide: NotificationsApi, useValue: { page, change, one } },
        { provide: Connection, useValue: { events, status: signal({ state: 'live' }), catchingUp: signal(null) } },
        { provide: Session, useValue: { signedIn } },
      ],
    });
    store = TestBed.inject(InboxStore);
    TestBed.tick();
    await settle();
  });

  afterEach(() => {
    jest.useRealTimers();
  });

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

  const ids = (): string[] => store.items().map(({ id }) => id);
  const unread = (): string[] => store.items().flatMap(({ id, read }) => (read ? [] : [id]));

  it("shows the newest page, and the server's counts", () => {
    expect([ids(), store.counts(), store.loading()]).toEqual([['003', '002', '001'], COUNTS, 'ready']);
  });

  it('follows what another tab does, without asking the server again', async () => {
    await state('101', { read: true });
    expect([unread(), store.counts().unread]).toEqual([['003', '001'], 2]);
    await state('102', { archived: true }, ['003'], { unread: 1, inbox: 2, archived: 1, snoozed: 0 });
    expect([ids(), store.counts().archived]).toEqual([['002', '001'], 1]);
    await state('103', { archived: false }, ['003'], COUNTS);
    expect(ids()).toEqual(['003', '002', '001']);
    expect(page).toHaveBeenCalledTimes(1);
  });

  it('drops what its sender took back, and what another one replaces', async () => {
    events.next({
      kind: 'retract',
      data: { id: '101', lane: 'low', notificationId: '003', channel: 'everyone', offset: 2 },
      isLate: false,
    });
    const { title, message, priority, category, audience, sender, createdAt } = item('102');
    const sent = { id: '102', title, message, priority, category, audience, sender, createdAt };
    events.next({
      kind: 'notification',
      data: { ...sent, replaces: '001', channel: 'everyone', offset: 3 },
      isLate: false,
    });
    await settle();
    expect([ids(), store.counts()]).toEqual([['102', '002'], { ...COUNTS, unread: 2, inbox: 2 }]);
  });

  it('asks the server when a change may bring into view what it does not know', async () => {
    page.mockResolvedValue(pageOf(['004', '003'], { asOf: '120' }));
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

  it('requests what the person has just brought back at once, however lately it read a page', async () => {
    await state('101', { archived: true }, ['004']);
    const asked = page.mock.calls.length;
    await store.change(['004'], { archived: false });
    expect([asked, page.mock.calls.length]).toEqual([2, 3]);
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
    const done = store.change(['002'], { archived: true, read: true });
    expect([ids(), store.counts()]).toEqual([['003', '001'], { unread: 2, inbox: 2, archived: 1, snoozed: 0 }]);
    await done;
    expect(change.mock.calls).toEqual([[{ ids: ['002'] }, { archived: true, read: true }]]);
    expect([ids(), store.counts()]).toEqual([['003', '001'], { ...COUNTS, unread: 2 }]);
  });

  it('takes a change back that the server refuses, and says why', async () => {
    change.mockRejectedValueOnce(
      new HttpErrorResponse({ status: 400, error: { code: 'invalid_request', message: 'The request is not valid' } }),
    );
    const done = await store.change(['002'], { archived: true });
    expect([ids(), store.counts(), store.problem(), done]).toEqual([
      ['003', '002', '001'],
      COUNTS,
      'Something in it is not right.',
      null,
    ]);
    change.mockRejectedValueOnce(new HttpErrorResponse({ status: 0 }));
    await store.change(['002'], { archived: true });
    expect(store.problem()).toBe('The server did not answer, so this may not have been saved. Try again in a moment.');
    await store.change(['002'], { archived: true });
    expect(store.problem()).toBeNull();
  });

  it('tells how to undo the last change: by its reverse, on what the server changed', async () => {
    change.mockResolvedValueOnce({ ids: ['002'], counts: COUNTS, asOf: '110' });
    expect(await store.change(['002', '001'], { archived: true })).toEqual({
      ids: ['002'],
      undo: [{ ids: ['002'], change: { archived: false } }],
    });
    const snoozed = await store.change(['002'], { snoozedUntil: '2027-01-01T00:00:00.000Z' });
    expect(snoozed?.undo).toEqual([{ ids: ['002'], change: { snoozedUntil: null } }]);
  });

  it('has nothing to undo where the server changed nothing, whatever was changed before', async () => {
    await store.change(['002'], { archived: true });
    change.mockResolvedValueOnce({ ids: [], counts: COUNTS, asOf: '111' });
    expect(await store.change(['001'], { read: true })).toBeNull();
  });

  it('snoozes again what was woken, each until when it was, as the server tells; and what was not snoozed not', async () => {
    const wereSnoozed = [{ ids: ['002'], snoozedUntil: '2027-01-01T00:00:00.000Z' }];
    change.mockResolvedValueOnce({ ids: ['003', '002'], wereSnoozed, counts: COUNTS, asOf: '110' });
    const woken = await store.change(['003', '002'], { snoozedUntil: null });
    expect(woken?.undo).toEqual([
      { ids: ['002'], change: { snoozedUntil: '2027-01-01T00:00:00.000Z' } },
      { ids: ['003'], change: { snoozedUntil: null } },
    ]);
  });

  it('changes all that matches the filter by now, also what has not been loaded', async () => {
    store.show({ view: 'all', category: 'news' });
    await settle();
    await store.change({ upTo: '003' }, { read: true });
    expect(change.mock.calls).toEqual([[{ filter: { view: 'all', category: 'news' }, upTo: '003' }, { read: true }]]);
    expect(unread()).toEqual([]);
  });

  it('shows what matches another filter, of what it knows and what the server finds', async () => {
    page.mockResolvedValue(pageOf([], { asOf: '120', items: [item('002', { archived: true })] }));
    store.show({ view: 'archived' });
    expect(store.loading()).toBe('loading');
    await settle();
    expect([ids(), page.mock.calls.at(-1)]).toEqual([['002'], [{ view: 'archived' }, null]]);
  });

  it('loads older ones behind the cursor, until the end', async () => {
    page.mockResolvedValue(pageOf(['003'], { nextCursor: '003', asOf: '120' }));
    store.reload();
    await settle();
    page.mockResolvedValue(pageOf(['002', '001'], { asOf: '121' }));
    expect(store.hasOlder()).toBe(true);
    await store.loadOlder();
    expect([ids(), store.hasOlder(), page.mock.calls.at(-1)]).toEqual([
      ['003', '002', '001'],
      false,
      [{ view: 'inbox' }, '003'],
    ]);
  });

  it('opens one from what it knows, else from the server, and keeps it out of a list that it does not belong to', async () => {
    expect((await store.openOne('002'))?.title).toBe('002');
    expect(one).not.toHaveBeenCalled();
    expect((await store.openOne('000'))?.archived).toBe(true);
    expect(ids()).toEqual(['003', '002', '001']);
  });

  it('gives nothing of one person to the next, whose answers come late', async () => {
    page.mockResolvedValueOnce(pageOf(['003'], { nextCursor: '003', asOf: '' }));
    store.reload();
    await settle();
    let answerPage: (older: InboxPage) => void = () => undefined;
    let answerOne: (older: InboxItem) => void = () => undefined;
    page.mockReturnValueOnce(new Promise((resolve) => (answerPage = resolve)));
    one.mockReturnValueOnce(new Promise((resolve) => (answerOne = resolve)));
    const loading = store.loadOlder();
    const opening = store.openOne('000');
    page.mockReturnValue(new Promise(() => undefined));
    signedIn.set({ username: 'bob' });
    TestBed.tick();
    answerPage(pageOf(['002'], { asOf: '' }));
    answerOne(item('000'));
    await loading;
    expect([await opening, store.loaded()]).toEqual([undefined, []]);
  });

  it('opens nothing where there is no such notification', async () => {
    one.mockRejectedValueOnce(new HttpErrorResponse({ status: 404 }));
    expect(await store.openOne('000')).toBeUndefined();
  });

  it('tells what came while the page was away, but not what was read or put away elsewhere by then', async () => {
    const told: string[][] = [];
    store.arrivals.subscribe(({ items, isLate }) => told.push([String(isLate), ...items.map(({ id }) => id)]));
    for (const id of ['101', '102', '103']) {
      const { title, message, priority, category, audience, sender, createdAt } = item(id);
      const sent = { id, title, message, priority, category, audience, sender, createdAt };
      events.next({ kind: 'notification', data: { ...sent, channel: 'everyone', offset: Number(id) }, isLate: true });
    }
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
      store.arrivals.subscribe(({ items }) => told.push(...items.map(({ id }) => id)));
      events.next({ kind: 'welcome', resumed: true, newest: '095' });
      for (const id of ['080', '081'])
        events.next({ kind: 'notification', data: { ...item(id), channel: 'everyone', offset: 1 }, isLate: true });
      events.next(entry as ConnectionEvent);
      events.next({ kind: 'caught-up' });
      await settle();
      expect(told).toEqual(['081']);
    },
  );

  it('tells what came live as such, also when a page that is read meanwhile brings it sooner', async () => {
    const told: string[][] = [];
    store.arrivals.subscribe(({ items, isLate }) => told.push([String(isLate), ...items.map(({ id }) => id)]));
    page.mockResolvedValue(pageOf(['004', '003', '002', '001']));
    events.next({ kind: 'welcome', resumed: false, newest: '003' });
    events.next({ kind: 'caught-up' });
    await settle();
    events.next({ kind: 'notification', data: { ...item('004'), channel: 'everyone', offset: 4 }, isLate: false });
    await settle();
    expect(told).toEqual([['false', '004']]);
    expect(store.items().filter(({ isLate }) => isLate)).toEqual([]);
  });

  it('tells the first who listens what arrived before, and nobody a second time', async () => {
    events.next({ kind: 'notification', data: { ...item('004'), channel: 'everyone', offset: 4 }, isLate: false });
    await settle();
    const told: string[][] = [[], []];
    for (const ids of told) store.arrivals.subscribe(({ items }) => ids.push(...items.map(({ id }) => id)));
    await settle();
    events.next({ kind: 'notification', data: { ...item('005'), channel: 'everyone', offset: 5 }, isLate: false });
    await settle();
    expect(told).toEqual([['004', '005'], ['005']]);
  });

  it('does not tell one person what arrived for another before anyone listened', async () => {
    events.next({ kind: 'notification', data: { ...item('004'), channel: 'everyone', offset: 4 }, isLate: false });
    await settle();
    signedIn.set({ username: 'bob' });
    TestBed.tick();
    await settle();
    const told: string[] = [];
    store.arrivals.subscribe(({ items }) => told.push(...items.map(({ id }) => id)));
    await settle();
    expect(told).toEqual([]);
  });
});
