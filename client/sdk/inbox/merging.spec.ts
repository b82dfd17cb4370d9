import type { InboxChanged, InboxFilter, InboxItem, InboxPage } from '@herald/protocol';
import fc from 'fast-check';
import { ALARM, TestServer } from '../testing/test-server.ts';
import { areStale, countsOf, withCounts } from './counts-of.ts';
import { EMPTY_INBOX, type Inbox, type Mark } from './inbox.ts';
import { itemsOf, shownOf } from './items-of.ts';
import { type KeptInbox, keptOf } from './kept-inbox.ts';
import { isLacking } from './lacks.ts';
import { fateOf } from './fate-of.ts';
import { lacksUnconfirmed, UNCONFIRMED_MAX, unconfirmedOf } from './unconfirmed.ts';
import { trimmed } from './updaters/trimmed.ts';
import { verified } from './updaters/verified.ts';
import { withChange } from './updaters/with-change.ts';
import { type Entry, withEntries } from './updaters/with-entries.ts';
import { withFilter } from './updaters/with-filter.ts';
import { withKept } from './updaters/with-kept.ts';
import { withOne } from './updaters/with-one.ts';
import { withOthers } from './updaters/with-others.ts';
import { withPage } from './updaters/with-page.ts';

const UNCONFIRMED: InboxFilter = { view: 'inbox', unconfirmed: true };
const VIEWS = ['inbox', 'archived', 'snoozed', 'all'] as const;

const nth = fc.nat(12);
const aFilter = fc.record<InboxFilter>(
  {
    view: fc.constantFrom(...VIEWS),
    unread: fc.constant(true),
    unconfirmed: fc.constant(true),
    category: fc.constantFrom('news'),
  },
  { requiredKeys: ['view'] },
);
const change = fc.record(
  {
    read: fc.boolean(),
    archived: fc.boolean(),
    snoozedUntil: fc.constantFrom(null, '2027-01-01T00:00:00.000Z'),
    acknowledged: fc.constant(true),
    acted: fc.constantFrom('Yes', 'No'),
  },
  { requiredKeys: [] },
);
const act = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('notify' as const),
      category: fc.constantFrom('news', 'marketing', ALARM),
      replaces: fc.option(nth, { freq: 6, nil: undefined }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('change' as const), nth: fc.array(nth, { maxLength: 4 }), change }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('retract' as const), nth }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('older' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('newest' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('unconfirmed' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('show' as const), filter: aFilter }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('open' as const), nth }) },
  // Delivers this many of the entries and answers under way.
  { weight: 6, arbitrary: fc.record({ do: fc.constant('arrive' as const), count: fc.nat(4) }) },
);

function stateOf({ id, read, archived, snoozedUntil, acknowledged, acted }: InboxItem): object {
  return { id, read, archived, snoozedUntil, acknowledged, acted };
}

function list(inbox: Inbox): object[] {
  return shownOf(inbox, itemsOf(inbox)).map(stateOf);
}

/** The copy that a browser keeps now. */
function kept(server: TestServer, limit: number): KeptInbox {
  const inbox = withPage(EMPTY_INBOX, server.page({ view: 'inbox' }, limit));
  return keptOf(inbox, itemsOf(inbox), 'ada', 0);
}

/** A client on a network that delivers in any order, entries sometimes twice. It does what `HeraldInbox` does. */
class TestClient {
  readonly #arriving: ((inbox: Inbox) => Inbox)[] = [];
  #sent = 0;

  constructor(
    private readonly server: TestServer,
    private readonly limit: number,
    private readonly max: number,
    private readonly random: () => number,
    public inbox = EMPTY_INBOX,
  ) {
    this.ask(null);
  }

  ask(before: string | null): void {
    const { filter } = this.inbox.query;
    const page = this.server.page(filter, this.limit, before ?? undefined);
    this.#arriving.push((inbox) => (inbox.query.filter === filter ? withPage(inbox, page, before) : inbox));
  }

  older(): void {
    if (this.inbox.query.asOf !== '' && this.inbox.query.cursor !== null) this.ask(this.inbox.query.cursor);
  }

  show(filter: InboxFilter): void {
    this.inbox = withFilter(this.inbox, filter);
    this.ask(null);
  }

  unconfirmed(): void {
    const page = this.server.page(UNCONFIRMED, UNCONFIRMED_MAX);
    this.#arriving.push((inbox) => withOthers(inbox, page));
  }

  open(nth: number): void {
    const [item, { asOf }] = [this.server.one(nth), this.inbox];
    if (item !== undefined) this.#arriving.push((inbox) => withOne(inbox, item, asOf));
  }

  change(changed: InboxChanged | undefined, mark: Mark): void {
    const { read, archived, snoozedUntil } = mark;
    const change = Object.fromEntries(
      Object.entries({ read, archived, snoozedUntil }).filter(([, value]) => value !== undefined),
    );
    if (changed !== undefined) this.#arriving.push((inbox) => withChange(inbox, changed, change));
  }

  arrive(count = Infinity): void {
    for (const entry of this.server.entries.slice(this.#sent)) {
      const take = (inbox: Inbox): Inbox => withEntries(inbox, [entry]);
      this.#arriving.push(take, ...(this.random() % 4 === 0 ? [take] : []));
    }
    this.#sent = this.server.entries.length;
    for (let n = 0; n < count && this.#arriving.length > 0; n++) {
      const [next] = this.#arriving.splice(this.random() % this.#arriving.length, 1);
      this.inbox = trimmed(next!(this.inbox), null, this.max);
    }
  }

  /** Delivers everything, and asks for what is lacking. */
  settle(): void {
    this.arrive();
    if (isLacking(this.inbox)) this.refetch();
    if (lacksUnconfirmed(this.inbox))
      this.inbox = withOthers(this.inbox, this.server.page(UNCONFIRMED, UNCONFIRMED_MAX));
    if (areStale(this.inbox)) {
      const { counts, asOf } = this.server.page({ view: 'inbox' }, 1);
      this.inbox = { ...this.inbox, counts: withCounts(this.inbox.counts, counts, asOf) };
    }
  }

  refetch(): void {
    this.inbox = this.#restOf(this.inbox, this.server.page(this.inbox.query.filter, this.limit));
  }

  refetchLater(): void {
    const { filter } = this.inbox.query;
    const page = this.server.page(filter, this.limit);
    this.#arriving.push((inbox) => (inbox.query.filter === filter ? this.#restOf(inbox, page) : inbox));
  }

  /** With a refetch whose first page has come, down to where the list was loaded. */
  #restOf(before: Inbox, first: InboxPage): Inbox {
    let inbox = withPage(before, first);
    if (before.query.asOf === '' || inbox === before) return inbox;
    for (let next = first.nextCursor; next !== null && next > (before.query.cursor ?? '');) {
      const page = this.server.page(inbox.query.filter, this.limit, next);
      inbox = withPage(inbox, page, next);
      next = page.nextCursor;
    }
    return verified(inbox, first.asOf, null);
  }
}

describe('an inbox merged from pages and entries', () => {
  it('equals the inbox of the server in any order of arrival, with any filter, when trimmed', () => {
    const plan = fc.record({
      acts: fc.array(act, { maxLength: 60, size: 'max' }),
      limit: fc.constantFrom(3, 100),
      max: fc.constantFrom(5, 1000),
      // Number of acts after which the page was closed, and opened without a server.
      keptAfter: fc.option(fc.nat(40)),
      order: fc.infiniteStream(fc.nat(1000)),
    });
    fc.assert(
      fc.property(plan, ({ acts, limit, max, keptAfter, order }) => {
        const server = new TestServer();
        const random = (): number => order.next().value!;
        let client = new TestClient(server, limit, max, random);
        for (const [n, one] of acts.entries()) {
          if (n === keptAfter) {
            client = new TestClient(server, limit, max, random, withKept(EMPTY_INBOX, kept(server, limit)));
          }
          if (one.do === 'notify') server.notify(one.category, one.replaces);
          else if (one.do === 'change') client.change(server.change(one.nth, one.change), one.change);
          else if (one.do === 'retract') server.retract(one.nth);
          else if (one.do === 'newest') client.refetchLater();
          else if (one.do === 'older') client.older();
          else if (one.do === 'unconfirmed') client.unconfirmed();
          else if (one.do === 'show') client.show(one.filter);
          else if (one.do === 'open') client.open(one.nth);
          else client.arrive(one.count);
          const most = Math.max(max, client.inbox.query.depth) * 1.2 + 1 + UNCONFIRMED_MAX;
          expect(client.inbox.entities.size).toBeLessThanOrEqual(most);
        }
        client.settle();
        const { filter, cursor } = client.inbox.query;
        const loaded = server.matching(filter).filter(({ id }) => id >= (cursor ?? ''));
        expect(list(client.inbox)).toEqual(loaded.map(stateOf));
        expect(countsOf(client.inbox)).toEqual(server.counts());
        const open = unconfirmedOf(itemsOf(client.inbox)).map(stateOf);
        expect(open).toEqual(server.matching(UNCONFIRMED).slice(0, UNCONFIRMED_MAX).map(stateOf));
        while (client.inbox.query.cursor !== null) {
          client.inbox = withPage(
            client.inbox,
            server.page(filter, limit, client.inbox.query.cursor),
            client.inbox.query.cursor,
          );
        }
        expect(list(client.inbox)).toEqual(server.matching(filter).map(stateOf));
      }),
      { seed: 42, numRuns: 1000 },
    );
  });

  it('keeps a list of any length during a refetch', () => {
    const server = new TestServer();
    for (let n = 0; n < 20; n++) server.notify('news', undefined);
    const client = new TestClient(server, 5, 1000, () => 1);
    client.arrive();
    while (client.inbox.query.cursor !== null) {
      client.older();
      client.arrive();
    }
    const before = list(client.inbox);
    client.inbox = withPage(client.inbox, server.page({ view: 'inbox' }, 5));
    expect(list(client.inbox)).toEqual(before);
    client.refetch();
    expect(list(client.inbox)).toEqual(before);
  });

  it('drops what has gone during a gap at the next refetch, whichever query loaded it', () => {
    const server = new TestServer();
    for (let n = 0; n < 4; n++) server.notify('news', undefined);
    server.change([0], { archived: true });
    const client = new TestClient(server, 100, 1000, () => 1);
    client.arrive();
    for (let n = 0; n < 3; n++) server.retract(0);
    client.refetch();
    expect([...client.inbox.entities.keys()]).toEqual(server.matching({ view: 'all' }).map(({ id }) => id));
  });

  it('counts 20,500 arrivals correctly while it holds about 1,000', () => {
    const server = new TestServer();
    server.notify('news', undefined);
    let inbox = withPage(EMPTY_INBOX, server.page({ view: 'inbox' }, 50));
    const [first] = server.entries;
    for (let burst = 0; burst < 205; burst++) {
      const arriving = Array.from({ length: 100 }, (_, n) => {
        const id = String(1000 + burst * 100 + n).padStart(6, '0');
        return { kind: 'notification', data: { ...first!.data, id } } as Entry;
      });
      inbox = trimmed(withEntries(inbox, arriving), null);
      expect(inbox.entities.size).toBeLessThanOrEqual(1200);
    }
    expect(countsOf(inbox)).toEqual({ unread: 20_501, inbox: 20_501, archived: 0, snoozed: 0, unconfirmed: 0 });
    expect(areStale(inbox)).toBe(false);
  });

  it('marks its counts as stale, and lacks nothing, when an unknown notification expires', () => {
    const server = new TestServer();
    for (let n = 0; n < 10; n++) server.notify('news', undefined);
    const inbox = withPage(EMPTY_INBOX, server.page({ view: 'inbox' }, 3));
    const sent = server.entries.length;
    server.retract(9);
    const after = withEntries(inbox, server.entries.slice(sent));
    expect([isLacking(after), areStale(inbox), areStale(after)]).toEqual([false, false, true]);
  });

  it('knows the newest replacement of a notification that is gone', () => {
    const server = new TestServer();
    server.notify('news', undefined);
    server.notify('news', undefined);
    const [second, first] = server.matching({ view: 'all' }).map(({ id }) => id);
    server.notify('news', 1);
    server.notify('news', 0);
    server.retract(1);
    const inbox = withEntries(EMPTY_INBOX, server.entries);
    const newest = server.matching({ view: 'all' })[0]!.id;
    expect([fateOf(inbox, first!), fateOf(inbox, second!), fateOf(inbox, newest)]).toEqual([
      { kind: 'replaced', by: newest },
      { kind: 'gone' },
      null,
    ]);
  });

  it('applies earlier entries to older pages', () => {
    const server = new TestServer();
    for (let n = 0; n < 6; n++) server.notify('news', undefined);
    const filter: InboxFilter = { view: 'inbox' };
    let inbox = withPage(EMPTY_INBOX, server.page(filter, 3));
    const { cursor } = inbox.query;
    const older = server.page(filter, 3, cursor!);
    server.change([4], { read: true });
    inbox = withPage(withEntries(inbox, server.entries), older, cursor);
    expect(itemsOf(inbox).map(({ read }) => read)).toEqual([false, false, false, false, true, false]);
    expect(countsOf(inbox)).toEqual({ unread: 5, inbox: 6, archived: 0, snoozed: 0, unconfirmed: 0 });
  });

  it('is the same after it was stored and restored', () => {
    const server = new TestServer();
    for (let n = 0; n < 5; n++) server.notify('news', undefined);
    server.change([1], { read: true });
    server.change([2], { archived: true });
    let inbox = withPage(EMPTY_INBOX, server.page({ view: 'inbox' }, 3));
    inbox = withEntries(inbox, server.entries);
    server.notify('marketing', undefined);
    inbox = withEntries(inbox, server.entries.slice(-1));
    const again = withKept(EMPTY_INBOX, keptOf(inbox, itemsOf(inbox), 'ada', 0));
    const all = (one: Inbox): object[] => list({ ...one, query: { ...one.query, filter: { view: 'all' } } });
    expect(all(again)).toEqual(all(inbox));
    expect(countsOf(again)).toEqual(server.counts());
  });

  it('stores 200 notifications at most, and continues behind them', () => {
    const server = new TestServer();
    for (let n = 0; n < 250; n++) server.notify('news', undefined);
    expect(kept(server, 200).nextCursor).toBe(server.matching({ view: 'inbox' })[199]!.id);
    const { items, nextCursor } = kept(server, 250);
    expect([items.length, nextCursor]).toEqual([200, items.at(-1)!.id]);
    expect(kept(server, 100).items).toHaveLength(100);
  });

  it('reuses unchanged objects, so that nothing is rendered again', () => {
    const server = new TestServer();
    server.notify('news', undefined);
    server.notify('news', undefined);
    let inbox = withPage(EMPTY_INBOX, server.page({ view: 'inbox' }, 3));
    const [newest, oldest] = itemsOf(inbox);
    server.change([0], { read: true });
    inbox = withEntries(inbox, server.entries);
    expect(itemsOf(inbox)[1]).toBe(oldest);
    expect(itemsOf(inbox)[0]).not.toBe(newest);
  });
});
