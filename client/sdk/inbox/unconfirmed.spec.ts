import type { InboxFilter, InboxPage } from '@herald/protocol';
import { jest } from '@jest/globals';
import { Subject } from 'rxjs';
import type { ConnectionEvent } from '../connection/progress.ts';
import { testItem } from '../testing/test-item.ts';
import { testPage } from '../testing/test-page.ts';
import { HeraldInbox } from './herald-inbox.ts';
import { countsIn, listIn, unconfirmedIn } from './inbox-state.ts';

const COUNTS = { unread: 3, inbox: 3, archived: 0, snoozed: 0, unconfirmed: 1 };

describe('the unconfirmed notifications of an inbox', () => {
  let events: Subject<ConnectionEvent>;
  let inbox: HeraldInbox;
  let asOf: string;
  const page = jest.fn((filter: InboxFilter): Promise<InboxPage> => {
    const fields = { counts: COUNTS, asOf };
    if (filter.unconfirmed !== true) return Promise.resolve(testPage(['003', '002'], { ...fields, nextCursor: '002' }));
    return Promise.resolve(testPage([], { ...fields, items: [testItem('001', { requiresAck: true })] }));
  });

  beforeEach(async () => {
    jest.useFakeTimers();
    asOf = '100';
    page.mockClear();
    events = new Subject();
    inbox = new HeraldInbox({
      api: {
        page,
        change: () => Promise.reject(new Error()),
        one: () => Promise.reject(new Error()),
        isRefused: () => false,
      },
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

  const settle = (): Promise<void> => jest.advanceTimersByTimeAsync(60);
  const ids = (): string[] => unconfirmedIn(inbox.getState()).map(({ id }) => id);
  const requests = (): number => page.mock.calls.filter(([filter]) => filter.unconfirmed === true).length;

  it('are asked for by themselves if no page had them, and are no part of the list above its cursor', () => {
    expect(ids()).toEqual(['001']);
    expect(listIn(inbox.getState()).map(({ id }) => id)).toEqual(['003', '002']);
    expect(requests()).toBe(1);
  });

  it('stay while another view is shown', async () => {
    inbox.show({ view: 'archived' });
    await settle();
    expect([ids(), requests()]).toEqual([['001'], 1]);
  });

  it('are asked for again after a gap', async () => {
    asOf = '105';
    events.next({ kind: 'welcome', resumed: false, newest: '105' });
    events.next({ kind: 'caught-up' });
    await settle();
    expect([ids(), requests()]).toEqual([['001'], 2]);
  });

  it('are counted and forgotten once they are confirmed on another device', async () => {
    const data = { id: '110', lane: 'medium' as const, ids: ['001'], acknowledged: true as const, channel: 'user:ada' };
    events.next({ kind: 'state', data: { ...data, counts: { ...COUNTS, unconfirmed: 0 }, offset: 1 }, isLate: false });
    await jest.advanceTimersByTimeAsync(60_000);
    expect([ids(), countsIn(inbox.getState()).unconfirmed, requests()]).toEqual([[], 0, 1]);
  });
});
