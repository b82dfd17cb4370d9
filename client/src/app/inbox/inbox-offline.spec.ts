import { Connection } from '#app/connection/connection';
import { Person } from '#app/session/person';
import { Session, type SessionState } from '#app/session/session';
import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { HeraldApi, HeraldError } from '@herald/client/api';
import type { ConnectionEvent, ConnectionStatus } from '@herald/client/connection';
import type { KeptInbox } from '@herald/client/inbox';
import { testItem, testPage } from '@herald/client/testing';
import type { InboxFilter, InboxPage } from '@herald/protocol';
import { jest } from '@jest/globals';
import { Subject } from 'rxjs';
import { InboxDatabase } from './inbox-database';
import { InboxKeeper } from './inbox-keeper';
import { InboxStore } from './inbox-store';
import { SignOutCleanup } from './sign-out-cleanup';

const UNREACHABLE = new HeraldError(504);

describe('the stored copy of an inbox', () => {
  const session = {
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
    session.state.set('signed-in');
    session.endedBecause.set(null);
    session.isRevoked.set(false);
    status.set({ state: 'connecting' });
  });

  afterEach(() => jest.useRealTimers());

  async function settle(ms = 60): Promise<void> {
    TestBed.tick();
    await jest.advanceTimersByTimeAsync(ms);
    TestBed.tick();
  }

  /** As after a reload. */
  async function open(username = 'ada'): Promise<void> {
    TestBed.resetTestingModule();
    TestBed.configureTestingModule({
      providers: [
        { provide: HeraldApi, useValue: { page, isRefused: HeraldApi.prototype.isRefused } },
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
        InboxStore,
        InboxKeeper,
        { provide: Person, useValue: { username } },
        { provide: Session, useValue: session },
        { provide: InboxDatabase, useValue: database },
      ],
    });
    store = TestBed.inject(InboxStore);
    TestBed.inject(InboxKeeper);
    TestBed.inject(SignOutCleanup);
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

  it('is shown while the server is unreachable, with its time', async () => {
    await goOffline();
    expect([ids(), store.counts().unread, store.loading()]).toEqual([['002', '001'], 2, 'ready']);
    expect(new Date(store.keptAt()!).toISOString()).toMatch(/^2026-01-31T14:05:00/);
  });

  it('is not there on a first visit, and loading then fails', async () => {
    page.mockRejectedValue(UNREACHABLE);
    await open();
    expect([store.loading(), store.keptAt()]).toEqual(['failed', null]);
  });

  it('is shown while the network neither answers nor fails', async () => {
    await goOffline();
    page.mockReturnValue(new Promise(() => undefined));
    await open();
    expect(store.loading()).toBe('loading');
    await settle(3000);
    expect([ids(), store.keptAt() !== null]).toEqual([['002', '001'], true]);
  });

  it('gives way to the page of a retry, without duplicates', async () => {
    await goOffline();
    page.mockResolvedValue(testPage(['003', '002'], { asOf: '110' }));
    await settle(5000);
    expect([ids(), store.counts().unread, store.keptAt(), store.isPartial()]).toEqual([['003', '002'], 2, null, false]);
  });

  it('gives way to a page that is requested as soon as the connection is back', async () => {
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

  it('is shown as a part of another view', async () => {
    await goOffline();
    store.show({ view: 'archived' });
    await settle();
    expect([ids(), store.loading(), store.isPartial()]).toEqual([[], 'ready', true]);
    store.show({ view: 'inbox' });
    await settle();
    expect(ids()).toEqual(['002', '001']);
  });

  it('does not hide a refusal of the server', async () => {
    await goOffline();
    page.mockRejectedValue(new HeraldError(400));
    store.show({ view: 'inbox', q: 'x' });
    await settle();
    expect(store.loading()).toBe('failed');
  });

  it('is written at most once a second, and when the connection ends', async () => {
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

  it('has the time of the last message from the server, even if the computer slept since', async () => {
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

  it('is not written from a filtered view', async () => {
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

  it('is deleted when the person signs out, and kept when the session expires', async () => {
    await goOffline();
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
    ['is signed out by the server', 'Your session has expired.', true],
  ])('is deleted with all personal data when the person %s', async (_, because, isRevoked) => {
    await goOffline();
    for (const kind of ['positions', 'preferences', 'held-back']) localStorage.setItem(`herald.${kind}.ada`, '{}');
    localStorage.setItem('herald.language', 'de');
    session.endedBecause.set(because);
    session.isRevoked.set(isRevoked);
    session.state.set('signed-out');
    await settle();
    expect([stored, Object.keys(localStorage)]).toEqual([undefined, ['herald.language']]);
  });

  it('is not shown to another person, even if another tab has signed them in', async () => {
    await goOffline();
    await open('bob');
    expect([ids(), store.counts().unread, store.loading(), store.keptAt()]).toEqual([[], 0, 'failed', null]);
    status.set({ state: 'live' });
    await settle(0);
    status.set({ state: 'waiting', until: Date.now() });
    await settle(2000);
    expect(stored?.username).toBe('ada');
  });
});
