import type { InboxFilter, InboxPage } from '@herald/protocol';
import { jest } from '@jest/globals';
import { Subject } from 'rxjs';
import type { ConnectionEvent } from '../connection/progress.ts';
import { testPage } from '../testing/test-page.ts';
import { HeraldInbox } from './herald-inbox.ts';
import type { InboxApi } from './inbox-api.ts';
import { countsIn, listIn } from './inbox-state.ts';

const STORED = 250;

const retraction = (n: number): ConnectionEvent => ({
  kind: 'retract',
  data: { id: `50${n}`, lane: 'low', notificationId: `00${n}`, channel: 'everyone', offset: n },
  isLate: false,
});

const gap = (n: number): ConnectionEvent => ({
  kind: 'gap',
  data: { channel: 'everyone', lane: 'low', from: n, to: n, id: '299', reason: 'trimmed' },
});

/** The person has brought a notification back on another device. */
const unarchival = (n: number): ConnectionEvent => ({
  kind: 'state',
  data: {
    id: String(700 + n),
    lane: 'medium',
    ids: [String(260 + n)],
    archived: false,
    counts: { unread: STORED, inbox: STORED, archived: 0, snoozed: 0, unconfirmed: 0 },
    channel: 'user:ada',
    offset: n + 1,
  },
  isLate: false,
});

describe('a list of 200 rows', () => {
  /** Ids of a server with 250 notifications, newest first. */
  const stored = Array.from({ length: STORED }, (_, n) => String(STORED - n).padStart(3, '0'));
  let asked: { filter: InboxFilter; before: string | null; limit: number }[];
  let answers: (page: InboxPage) => Promise<InboxPage>;
  let asOf: number;
  let events: Subject<ConnectionEvent>;
  let inbox: HeraldInbox;
  let lengths: number[];

  beforeEach(async () => {
    jest.useFakeTimers();
    [asked, asOf, events, lengths] = [[], 300, new Subject(), []];
    answers = (page) => Promise.resolve(page);
    const page: InboxApi['page'] = (filter, before, limit) => {
      asked.push({ filter, before, limit });
      const from = before === null ? 0 : stored.indexOf(before) + 1;
      const ids = stored.slice(from, from + limit);
      const nextCursor = from + limit < stored.length ? ids.at(-1)! : null;
      const counts = { unread: STORED, inbox: STORED, archived: 0, snoozed: 0, unconfirmed: 0 };
      asOf += 1;
      return answers(testPage(ids, { nextCursor, counts, asOf: String(asOf) }));
    };
    inbox = new HeraldInbox({
      api: { page, isRefused: () => false } as Partial<InboxApi> as InboxApi,
      events$: events,
      lastSeen: () => null,
      kept: () => Promise.resolve(null),
      random: () => 0.5,
    });
    await settle();
    while (list().length < 200) await inbox.loadOlder();
    asked = [];
    inbox.subscribe(() => lengths.push(list().length));
    await receive({ kind: 'caught-up' });
  });

  afterEach(() => {
    inbox.close();
    jest.useRealTimers();
  });

  const list = (): string[] => listIn(inbox.getState()).map(({ id }) => id);
  const settle = (ms = 60): Promise<void> => jest.advanceTimersByTimeAsync(ms);

  async function receive(...received: ConnectionEvent[]): Promise<void> {
    for (const event of received) events.next(event);
    await settle();
  }

  it.each<[string, ConnectionEvent]>([
    ['a gap', gap(1)],
    ['a topic followed on another page', { kind: 'channels' }],
  ])('keeps its length at %s, and is read with one request', async (_, event) => {
    await receive(event);
    expect([list().length, Math.min(...lengths)]).toEqual([200, 200]);
    expect(asked).toEqual([{ filter: { view: 'inbox' }, before: null, limit: 200 }]);
  });

  it('keeps its end until the second page of a refetch has come', async () => {
    await inbox.loadOlder();
    [asked, lengths] = [[], []];
    answers = (page) => (asked.length === 1 ? Promise.resolve(page) : new Promise(() => undefined));
    await receive({ kind: 'channels' });
    expect(asked.map(({ before }) => before)).toEqual([null, stored[199]]);
    expect([list().length, Math.min(...lengths)]).toEqual([250, 250]);
  });

  it('drops what the server no longer has at a refetch, on any page', async () => {
    stored.splice(120, 1);
    await receive({ kind: 'channels' });
    stored.splice(120, 0, '130');
    expect(list()).not.toContain('130');
  });

  it('is unchanged when ten unknown notifications expire; one request reads the counts within 30 s', async () => {
    asOf = 600;
    await receive(...Array.from({ length: 10 }, (_, n) => retraction(n)));
    await settle(14_900);
    expect(asked).toEqual([]);
    await settle(60_000);
    expect(asked).toEqual([{ filter: { view: 'inbox' }, before: null, limit: 1 }]);
    expect([list().length, Math.min(...lengths), countsIn(inbox.getState()).unread]).toEqual([200, 200, STORED]);
  });

  it.each<[string, (n: number) => ConnectionEvent]>([
    ['an unknown notification that comes back', (n) => unarchival(n)],
    ['a gap', (n) => gap(n)],
  ])('is read again by a request of 8 s, though each second brings %s', async (_, event) => {
    answers = (page) => new Promise((resolve) => setTimeout(() => resolve(page), 8000));
    stored.unshift('251');
    for (let second = 0; second < 12; second++) {
      await receive(event(second));
      await settle(940);
    }
    stored.shift();
    expect(list()[0]).toBe('251');
    expect(asked.filter(({ before }) => before === null).length).toBeLessThanOrEqual(2);
  });

  it('is read again after a gap that came during a refetch', async () => {
    answers = (page) => new Promise((resolve) => setTimeout(() => resolve(page), 2000));
    await receive(gap(1));
    await settle(1000);
    stored.unshift('251');
    await receive(gap(2));
    await settle(10_000);
    stored.shift();
    expect([list()[0], asked.filter(({ before }) => before === null).length]).toEqual(['251', 2]);
  });

  it('requests no counts if an entry brings them first', async () => {
    const counts = { unread: 7, inbox: 7, archived: 0, snoozed: 0, unconfirmed: 0 };
    const data = {
      id: '600',
      lane: 'medium' as const,
      ids: ['250'],
      read: true,
      counts,
      channel: 'user:ada',
      offset: 1,
    };
    await receive(retraction(1), { kind: 'state', data, isLate: false });
    await settle(60_000);
    expect([asked, countsIn(inbox.getState()).unread]).toEqual([[], 7]);
  });
});
