import fc from 'fast-check';
import type { InboxCounts, InboxFilter, InboxItem, InboxPage } from '../../../protocol/inbox.js';
import { countsOf } from './counts-of.js';
import { EMPTY_INBOX, type Inbox, type Mark } from './inbox.js';
import { itemsOf } from './items-of.js';
import { type KeptInbox, keptOf } from './kept-inbox.js';
import { isLacking } from './lacks.js';
import { matches } from './matches.js';
import { type Entry, withEntries } from './updaters/with-entries.js';
import { withKept } from './updaters/with-kept.js';
import { withOlder } from './updaters/with-older.js';
import { withPage } from './updaters/with-page.js';

const MUTED = ['marketing'];
const VIEWS = ['inbox', 'archived', 'snoozed', 'all'] as const;

/** A server with one person's inbox, as simply as it can be said. It keeps every entry that it has sent. */
class TestServer {
  readonly entries: Entry[] = [];
  #items: InboxItem[] = [];
  #ids = 0;

  notify(category: string, nth: number | undefined): void {
    const replaced = nth === undefined ? undefined : this.#items[nth];
    const id = this.#nextId();
    const notification = {
      id,
      title: id,
      message: '',
      priority: 'low' as const,
      category,
      audience: ['everyone'],
      sender: 's',
      createdAt: '',
      ...(replaced && { replaces: replaced.id }),
    };
    this.#items = [
      { ...notification, read: MUTED.includes(category), archived: false, snoozedUntil: null },
      ...this.#items.filter((item) => item !== replaced),
    ];
    this.entries.push({ kind: 'notification', data: { ...notification, channel: 'everyone', offset: 1 } });
  }

  change(nth: readonly number[], mark: Mark): void {
    const ids = [...new Set(nth.flatMap((n) => this.#items[n]?.id ?? []))];
    if (ids.length === 0) return;
    this.#items = this.#items.map((item) => (ids.includes(item.id) ? { ...item, ...mark } : item));
    this.entries.push({
      kind: 'state',
      data: { id: this.#nextId(), lane: 'medium', ids, ...mark, counts: this.counts(), channel: 'user:ada', offset: 1 },
    });
  }

  retract(nth: number): void {
    const item = this.#items[nth];
    if (item === undefined) return;
    this.#items = this.#items.filter((one) => one !== item);
    this.entries.push({
      kind: 'retract',
      data: { id: this.#nextId(), lane: 'low', notificationId: item.id, channel: 'everyone', offset: 1 },
    });
  }

  page(filter: InboxFilter, limit: number, before = '~'): InboxPage {
    const found = this.matching(filter).filter(({ id }) => id < before);
    const items = found.slice(0, limit);
    return {
      items,
      nextCursor: found.length > limit ? items.at(-1)!.id : null,
      counts: this.counts(),
      muted: MUTED,
      asOf: this.#nextId(),
    };
  }

  matching(filter: InboxFilter): InboxItem[] {
    return this.#items.filter((item) => matches(item, filter));
  }

  counts(): InboxCounts {
    const count = (filter: InboxFilter): number => this.matching(filter).length;
    return {
      unread: count({ view: 'inbox', unread: true }),
      inbox: count({ view: 'inbox' }),
      archived: count({ view: 'archived' }),
      snoozed: count({ view: 'snoozed' }),
    };
  }

  #nextId(): string {
    this.#ids += 1;
    return String(this.#ids).padStart(6, '0');
  }
}

const nth = fc.nat(12);
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
      category: fc.constantFrom('news', 'marketing'),
      replaces: fc.option(nth, { freq: 6, nil: undefined }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('change' as const), nth: fc.array(nth, { maxLength: 4 }), change }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('retract' as const), nth }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('read' as const) }) },
);

function stateOf({ id, read, archived, snoozedUntil, acknowledged, acted }: InboxItem): object {
  return { id, read, archived, snoozedUntil, acknowledged, acted };
}

/** What is shown: each item without what only the frame of an entry has. */
function shown(inbox: Inbox, filter: InboxFilter): object[] {
  const items = itemsOf(inbox).filter((item) => item.id >= (inbox.nextCursor ?? '') && matches(item, filter));
  return items.map(stateOf);
}

/** What a browser keeps of the inbox of this moment. */
function kept(server: TestServer, limit: number): KeptInbox {
  const inbox = withPage(EMPTY_INBOX, server.page({ view: 'inbox' }, limit));
  return keptOf(inbox, itemsOf(inbox), 'ada', 0);
}

describe('an inbox of pages and entries', () => {
  it('comes to what the server has, in whatever order they arrive, some of them twice', () => {
    const plan = fc.record({
      acts: fc.array(act, { maxLength: 40, size: 'max' }),
      view: fc.constantFrom(...VIEWS),
      limit: fc.constantFrom(3, 100),
      // After so many acts the page was closed, and opened without a server.
      keptAfter: fc.option(fc.nat(40)),
      order: fc.infiniteStream(fc.nat(1000)),
    });
    fc.assert(
      fc.property(plan, ({ acts, view, limit, keptAfter, order }) => {
        const server = new TestServer();
        const filter: InboxFilter = { view };
        const pages: InboxPage[] = [server.page(filter, limit)];
        let inbox = EMPTY_INBOX;
        for (const [n, one] of acts.entries()) {
          if (n === keptAfter) inbox = withKept(EMPTY_INBOX, kept(server, limit));
          if (one.do === 'notify') server.notify(one.category, one.replaces);
          else if (one.do === 'change') server.change(one.nth, one.change);
          else if (one.do === 'retract') server.retract(one.nth);
          else pages.push(server.page(filter, limit));
        }
        // Once there is a server, it is asked.
        if (inbox !== EMPTY_INBOX) pages.push(server.page(filter, limit));
        const arriving: (Entry | InboxPage)[] = [...pages, ...server.entries, ...server.entries.slice(0, 5)];
        while (arriving.length > 0) {
          const [next] = arriving.splice(order.next().value! % arriving.length, 1);
          if ('items' in next!) inbox = withPage(inbox, next);
          else inbox = withEntries(inbox, [next!]);
        }
        // As the store does: what is lacking is read again.
        if (isLacking(inbox)) inbox = withPage(inbox, server.page(filter, limit));
        while (inbox.nextCursor !== null) inbox = withOlder(inbox, server.page(filter, limit, inbox.nextCursor));
        expect(shown(inbox, filter)).toEqual(server.matching(filter).map(stateOf));
        expect(countsOf(inbox)).toEqual(server.counts());
      }),
      { seed: 42, numRuns: 1000 },
    );
  });

  it('shows older pages behind the newest, with what entries have said of them', () => {
    const server = new TestServer();
    for (let n = 0; n < 6; n++) server.notify('news', undefined);
    const filter: InboxFilter = { view: 'inbox' };
    let inbox = withPage(EMPTY_INBOX, server.page(filter, 3));
    const older = server.page(filter, 3, inbox.nextCursor!);
    server.change([4], { read: true });
    inbox = withOlder(withEntries(inbox, server.entries), older);
    expect(itemsOf(inbox).map(({ read }) => read)).toEqual([false, false, false, false, true, false]);
    expect(countsOf(inbox)).toEqual({ unread: 5, inbox: 6, archived: 0, snoozed: 0 });
  });

  it('is kept as it is, and shown again as it was kept', () => {
    const server = new TestServer();
    for (let n = 0; n < 5; n++) server.notify('news', undefined);
    server.change([1], { read: true });
    server.change([2], { archived: true });
    let inbox = withPage(EMPTY_INBOX, server.page({ view: 'inbox' }, 3));
    inbox = withEntries(inbox, server.entries);
    server.notify('marketing', undefined);
    inbox = withEntries(inbox, server.entries.slice(-1));
    const again = withKept(EMPTY_INBOX, keptOf(inbox, itemsOf(inbox), 'ada', 0));
    expect(shown(again, { view: 'all' })).toEqual(shown(inbox, { view: 'all' }));
    expect(countsOf(again)).toEqual(server.counts());
  });

  it('is kept up to 200, and goes on behind them where there are more', () => {
    const server = new TestServer();
    for (let n = 0; n < 250; n++) server.notify('news', undefined);
    expect(kept(server, 200).nextCursor).toBe(server.matching({ view: 'inbox' })[199]!.id);
    const { items, nextCursor } = kept(server, 250);
    expect([items.length, nextCursor]).toEqual([200, items.at(-1)!.id]);
    expect(kept(server, 100).items).toHaveLength(100);
  });

  it('is the same objects where nothing has changed, so that nothing is drawn again', () => {
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
