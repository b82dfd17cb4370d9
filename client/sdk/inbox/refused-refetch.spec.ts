import type { InboxPage } from '@herald/protocol';
import { jest } from '@jest/globals';
import { Subject } from 'rxjs';
import type { ConnectionEvent } from '../connection/progress.ts';
import { testItem } from '../testing/test-item.ts';
import { testPage } from '../testing/test-page.ts';
import { HeraldInbox } from './herald-inbox.ts';
import type { InboxApi } from './inbox-api.ts';
import { listIn } from './inbox-state.ts';

const GAP: ConnectionEvent = {
  kind: 'gap',
  data: { channel: 'everyone', lane: 'low', from: 2, to: 2, id: '002', reason: 'trimmed' },
};
const LATE: ConnectionEvent = {
  kind: 'notification',
  data: { ...testItem('002'), channel: 'everyone', offset: 2 },
  isLate: true,
};

describe('after a refetch that the server refuses', () => {
  let events: Subject<ConnectionEvent>;
  let inbox: HeraldInbox;
  let page: jest.Mock<() => Promise<InboxPage>>;
  let late: string[];

  beforeEach(async () => {
    jest.useFakeTimers();
    [events, late] = [new Subject(), []];
    page = jest.fn(() => Promise.resolve(testPage(['001'])));
    inbox = new HeraldInbox({
      api: { page, isRefused: () => true } as Partial<InboxApi> as InboxApi,
      events$: events,
      lastSeen: () => null,
      kept: () => Promise.resolve(null),
    });
    inbox.arrivals$.subscribe(({ items, isLate }) => late.push(...(isLate ? items.map(({ id }) => id) : [])));
    await settle();
    await receive({ kind: 'caught-up' });
  });

  afterEach(() => {
    inbox.close();
    jest.useRealTimers();
  });

  const ids = (): string[] => listIn(inbox.getState()).map(({ id }) => id);
  const settle = (ms = 60): Promise<void> => jest.advanceTimersByTimeAsync(ms);

  async function receive(...received: ConnectionEvent[]): Promise<void> {
    for (const event of received) events.next(event);
    await settle();
  }

  it('the entries of a gap come with the next page within 5 s, and are told as late', async () => {
    page.mockRejectedValue(new Error());
    await receive(GAP);
    page.mockResolvedValue(testPage(['002', '001'], { asOf: '120' }));
    await settle(5000);
    expect([ids(), late]).toEqual([['002', '001'], ['002']]);
  });

  it('the entries of a gap come, though another refetch had begun to read them', async () => {
    page.mockRejectedValue(new Error()).mockReturnValueOnce(new Promise(() => undefined));
    await receive(GAP);
    await receive({ kind: 'channels' });
    page.mockResolvedValue(testPage(['002', '001'], { asOf: '120' }));
    await settle(5000);
    expect(ids()).toEqual(['002', '001']);
  });

  it('the state has the error until the list is read again', async () => {
    const error = new Error();
    page.mockRejectedValueOnce(error);
    inbox.reload();
    await settle();
    expect(inbox.getState()).toMatchObject({ loading: 'failed', error });
    inbox.reload();
    expect(inbox.getState()).toMatchObject({ loading: 'loading', error: null });
  });

  it('late arrivals are told if nothing is missing', async () => {
    page.mockImplementationOnce(() => new Promise((_, reject) => setTimeout(() => reject(new Error()), 1000)));
    inbox.reload();
    await receive({ kind: 'welcome', resumed: true, newest: '002' }, LATE, { kind: 'caught-up' });
    await settle(1000);
    expect([late, inbox.getState().loading]).toEqual([['002'], 'failed']);
  });
});
