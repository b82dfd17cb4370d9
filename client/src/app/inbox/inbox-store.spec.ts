import { Connection } from '#app/connection/connection';
import { Person } from '#app/session/person';
import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { HeraldApi, HeraldError } from '@herald/client/api';
import type { ConnectionEvent } from '@herald/client/connection';
import type { Selection } from '@herald/client/inbox';
import { testItem, testPage } from '@herald/client/testing';
import type {
  ErrorAnswer,
  ErrorParams,
  RefusalCode,
  InboxChanged,
  InboxFilter,
  InboxItem,
  InboxPage,
  StateChange,
} from '@herald/protocol';
import { jest } from '@jest/globals';
import { Subject } from 'rxjs';
import { InboxStore } from './inbox-store';

const COUNTS = { unread: 3, inbox: 3, archived: 0, snoozed: 0, unconfirmed: 0 };
const refusal = (code: RefusalCode, params?: ErrorParams): ErrorAnswer => ({
  ...{ statusCode: 0, error: '', message: '', code },
  ...(params && { params }),
});
/** Longer than a burst is collected. */
const BURST_MS = 60;

describe('InboxStore', () => {
  let events: Subject<ConnectionEvent>;
  let store: InboxStore;
  let page: jest.Mock<(filter: InboxFilter, before: string | null) => Promise<InboxPage>>;
  let change: jest.Mock<(selection: Selection, change: StateChange) => Promise<InboxChanged>>;
  let one: jest.Mock<(id: string) => Promise<InboxItem>>;

  beforeEach(async () => {
    jest.useFakeTimers();
    localStorage.clear();
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
    await open();
  });

  async function open(): Promise<void> {
    TestBed.resetTestingModule();
    TestBed.configureTestingModule({
      providers: [
        { provide: HeraldApi, useValue: { page, change, one, isRefused: HeraldApi.prototype.isRefused } },
        { provide: Connection, useValue: { events, status: signal({ state: 'live' }), catchingUp: signal(null) } },
        InboxStore,
        { provide: Person, useValue: { username: 'ada' } },
      ],
    });
    store = TestBed.inject(InboxStore);
    TestBed.tick();
    await settle();
  }

  afterEach(() => {
    jest.useRealTimers();
  });

  async function settle(): Promise<void> {
    await jest.advanceTimersByTimeAsync(BURST_MS);
  }

  const ids = (): string[] => store.items().map(({ id }) => id);

  it("shows the newest page, and the server's counts", () => {
    expect([ids(), store.counts(), store.loading()]).toEqual([['003', '002', '001'], COUNTS, 'ready']);
  });

  it('reverts a change that the server refuses, and gives the reason', async () => {
    change.mockRejectedValueOnce(new HeraldError(400, refusal('invalid_request')));
    const done = await store.change(['002'], { archived: true });
    expect([ids(), store.counts(), store.problem(), done]).toEqual([
      ['003', '002', '001'],
      COUNTS,
      'Check your entries and try again.',
      { done: null, error: expect.any(HeraldError), rest: ['002'] },
    ]);
    change.mockRejectedValueOnce(new HeraldError(0));
    await store.change(['002'], { archived: true });
    expect(store.problem()).toBe('The server did not answer, so this may not have been saved. Try again in a moment.');
    await store.change(['002'], { archived: true });
    expect(store.problem()).toBeNull();
  });

  it.each([
    ['the server can’t be reached', 0, undefined, 'The server can’t be reached. Try again in a moment.'],
    ['the filter is refused', 400, refusal('invalid_request'), 'Check your entries and try again.'],
    ['the server is busy', 503, refusal('stopping', { seconds: 7 }), 'The server is busy. Try again in 7 s.'],
  ])('gives the reason why the list was not loaded: %s', async (_, status, answer, reason) => {
    page.mockRejectedValueOnce(new HeraldError(status, answer));
    await open();
    for (let turns = 0; turns < 20 && store.failure() === null; turns++) {
      TestBed.tick();
      await settle();
    }
    expect([store.loading(), store.failure()]).toEqual(['failed', reason]);
    store.reload();
    TestBed.tick();
    expect(store.failure()).toBeNull();
  });

  it('ends with its injector', async () => {
    expect(events.observed).toBe(true);
    TestBed.resetTestingModule();
    expect(events.observed).toBe(false);
    events.next({ kind: 'notification', data: { ...testItem('004'), channel: 'everyone', offset: 4 }, isLate: false });
    await settle();
    expect(ids()).toEqual(['003', '002', '001']);
  });
});
