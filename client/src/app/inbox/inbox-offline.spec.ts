import { Connection } from '#app/connection/connection';
import { isRefused } from '#app/refusal/refusal';
import { Session, type SessionState } from '#app/session/session';
import { HttpErrorResponse } from '@angular/common/http';
import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import type { ConnectionEvent, ConnectionStatus } from '@herald/client/connection';
import type { KeptInbox } from '@herald/client/inbox';
import { testItem, testPage } from '@herald/client/testing';
import type { InboxFilter, InboxPage } from '@herald/protocol';
import { jest } from '@jest/globals';
import { Subject } from 'rxjs';
import { InboxDatabase } from './inbox-database';
import { InboxKeeper } from './inbox-keeper';
import { InboxStore } from './inbox-store';
import { NotificationsApi } from './notifications-api';

const UNREACHABLE = new HttpErrorResponse({ status: 504 });

describe('the inbox without its server', () => {
  const session = {
    signedIn: signal<{ username: string } | null>(null),
    state: signal<SessionState>('starting'),
    endedBecause: signal<string | null>(null),
    isRevoked: signal(false),
  };
  const status = signal<ConnectionStatus>({ state: 'connecting' });
  let events: Subject<ConnectionEvent>;
  let heardAt: number;
  let stored: KeptInbox | undefined;
  let writes: KeptInbox[];
  let page: jest.Mock<(filter: InboxFilter) => Promise<InboxPage>>;
  let store: InboxStore;

  const database = {
    read: (username: string) => Promise.resolve(stored?.username === username ? stored : null),
    write: (kept: KeptInbox) => Promise.resolve(void writes.push((stored = kept))),
    clear: () => Promise.resolve((stored = undefined)),
  };

  beforeEach(() => {
    jest.useFakeTimers({ now: Date.parse('2026-01-31T14:05:00Z') });
    localStorage.clear();
    [events, stored, writes, heardAt] = [new Subject(), undefined, [], 0];
    page = jest.fn(() => Promise.resolve(testPage(['002', '001'], { asOf: '100' })));
    signIn('ada');
    session.endedBecause.set(null);
    session.isRevoked.set(false);
    status.set({ state: 'connecting' });
  });

  afterEach(() => jest.useRealTimers());

  function signIn(username: string): void {
    session.signedIn.set({ username });
    session.state.set('signed-in');
  }

  async function settle(ms = 60): Promise<void> {
    TestBed.tick();
    await jest.advanceTimersByTimeAsync(ms);
    TestBed.tick();
  }

  /** As after a reload. */
  async function open(): Promise<void> {
    TestBed.resetTestingModule();
    TestBed.configureTestingModule({
      providers: [
        { provide: NotificationsApi, useValue: { page, isRefused } },
        {
          provide: Connection,
          useValue: {
            events,
            status,
            catchingUp: signal(null),
            get heardAt() {
              return heardAt;
            },
          },
        },
        { provide: Session, useValue: session },
        { provide: InboxDatabase, useValue: database },
      ],
    });
    store = TestBed.inject(InboxStore);
    TestBed.inject(InboxKeeper);
    await settle();
  }

  /** Opens it live, and then again without a server. */
  async function goOffline(): Promise<void> {
    status.set({ state: 'live' });
    await open();
    await settle(1000);
    page.mockRejectedValue(UNREACHABLE);
    status.set({ state: 'waiting', until: Date.now() });
    await open();
  }

  function ids(): string[] {
    return store.items().map(({ id }) => id);
  }

  it('shows what was kept, and as of when', async () => {
    await goOffline();
    expect([ids(), store.counts().unread, store.loading()]).toEqual([['002', '001'], 2, 'ready']);
    expect(new Date(store.keptAt()!).toISOString()).toMatch(/^2026-01-31T14:05:00/);
  });

  it('says that it could not be loaded where nothing was kept', async () => {
    page.mockRejectedValue(UNREACHABLE);
    await open();
    expect([store.loading(), store.keptAt()]).toEqual(['failed', null]);
  });

  it('shows it also while the network neither answers nor fails', async () => {
    await goOffline();
    page.mockReturnValue(new Promise(() => undefined));
    await open();
    expect(store.loading()).toBe('loading');
    await settle(3000);
    expect([ids(), store.keptAt() !== null]).toEqual([['002', '001'], true]);
  });

  it('asks again by itself, and takes what the server has in its place, each once', async () => {
    await goOffline();
    page.mockResolvedValue(testPage(['003', '002'], { asOf: '110' }));
    await settle(5000);
    expect([ids(), store.counts().unread, store.keptAt(), store.isPartial()]).toEqual([['003', '002'], 2, null, false]);
  });

  it('asks at once when it is connected again', async () => {
    await goOffline();
    page.mockResolvedValue(testPage(['003', '002', '001'], { asOf: '110' }));
    events.next({ kind: 'welcome', resumed: true, newest: '003' });
    events.next({
      kind: 'notification',
      data: { ...testItem('003'), channel: 'everyone', offset: 3 },
      isLate: true,
    });
    events.next({ kind: 'caught-up' });
    await settle(100);
    expect([ids(), store.counts().unread, store.keptAt()]).toEqual([['003', '002', '001'], 3, null]);
  });

  it('does not take what is kept for what the server would say of another view', async () => {
    await goOffline();
    store.show({ view: 'archived' });
    await settle();
    expect([ids(), store.loading(), store.isPartial()]).toEqual([[], 'ready', true]);
    store.show({ view: 'inbox' });
    await settle();
    expect(ids()).toEqual(['002', '001']);
  });

  it('does not hide that the server refuses', async () => {
    await goOffline();
    page.mockRejectedValue(new HttpErrorResponse({ status: 400 }));
    store.show({ view: 'inbox', q: 'x' });
    await settle();
    expect(store.loading()).toBe('failed');
  });

  it('is kept at most once a second while it changes, and at the end of the connection', async () => {
    status.set({ state: 'live' });
    await open();
    await settle(1000);
    const before = writes.length;
    for (const id of ['101', '102', '103']) {
      events.next({
        kind: 'notification',
        data: { ...testItem(id), channel: 'everyone', offset: Number(id) },
        isLate: false,
      });
      await settle(100);
    }
    await settle(1000);
    expect(writes.length).toBe(before + 1);
    expect(stored!.items.map(({ id }) => id)).toEqual(['103', '102', '101', '002', '001']);
    const changedAt = stored!.at;
    await settle(60_000);
    status.set({ state: 'waiting', until: Date.now() });
    await settle(0);
    expect([writes.length, stored!.at]).toEqual([before + 2, changedAt]);
  });

  it('is as of when the server was last heard, not of when a computer that slept notices the loss', async () => {
    status.set({ state: 'live' });
    await open();
    await settle(1000);
    await settle(30_000);
    heardAt = Date.now();
    await settle(1000);
    jest.setSystemTime(Date.now() + 60 * 3_600_000);
    status.set({ state: 'waiting', until: Date.now() });
    await settle(0);
    expect(stored!.at).toBe(heardAt);
  });

  it('is not kept from a view that leaves something out', async () => {
    status.set({ state: 'live' });
    await open();
    await settle(1000);
    const before = writes.length;
    page.mockResolvedValue(testPage(['002'], { asOf: '110' }));
    store.show({ view: 'inbox', unread: true });
    await settle(2000);
    status.set({ state: 'waiting', until: Date.now() });
    await settle(2000);
    expect(writes.length).toBe(before);
  });

  it('is wiped when the person signs out, and not when the session expires', async () => {
    await goOffline();
    session.signedIn.set(null);
    session.endedBecause.set('Your session has expired.');
    session.state.set('signed-out');
    await settle();
    expect(stored).toBeDefined();
    session.endedBecause.set(null);
    await settle(2000);
    expect(stored).toBeUndefined();
  });

  it.each([
    ['signs out', null, false],
    ['is put out by the server', 'Your session has expired.', true],
  ])('is wiped with all else that is kept of them when the person %s', async (_, because, isRevoked) => {
    await goOffline();
    for (const kind of ['positions', 'preferences', 'held-back']) localStorage.setItem(`herald.${kind}.ada`, '{}');
    localStorage.setItem('herald.language', 'de');
    session.signedIn.set(null);
    session.endedBecause.set(because);
    session.isRevoked.set(isRevoked);
    session.state.set('signed-out');
    await settle();
    expect([stored, Object.keys(localStorage)]).toEqual([undefined, ['herald.language']]);
  });

  it('is not kept for the next person in the moment before theirs takes its place', async () => {
    status.set({ state: 'live' });
    await open();
    expect(store.keepable()).toBeDefined();
    signIn('bob');
    expect(store.keepable()).toBeUndefined();
  });

  it('is shown to nobody else, not even when another tab changes the person', async () => {
    await goOffline();
    signIn('bob');
    await settle();
    expect([ids(), store.counts().unread, store.loading(), store.keptAt()]).toEqual([[], 0, 'failed', null]);
    status.set({ state: 'live' });
    await settle(0);
    status.set({ state: 'waiting', until: Date.now() });
    await settle(2000);
    expect(stored?.username).toBe('ada');
  });
});
