import type { InboxItem, InboxPage, Positions } from '@herald/protocol';
import { gapsBetween, missedIn } from './missed.ts';

const item = (id: string, audience = ['everyone']): InboxItem =>
  ({ id, audience, read: true, archived: false, snoozedUntil: null }) as unknown as InboxItem;

describe('missedIn', () => {
  const asked: (string | null)[] = [];
  beforeEach(() => void asked.splice(0));

  /** An inbox, newest first, in pages of three. */
  function inbox(...items: InboxItem[]): (cursor: string | null) => Promise<InboxPage> {
    return (cursor) => {
      asked.push(cursor);
      const page = items.filter(({ id }) => cursor === null || id < cursor).slice(0, 3);
      const last = page.at(-1)?.id;
      const nextCursor = last === undefined || last === items.at(-1)?.id ? null : last;
      return Promise.resolve({ items: page, nextCursor } as InboxPage);
    };
  }

  const gap = { channel: 'everyone', lane: 'high' as const, after: '3', id: '8' };

  test('finds what lies in the gap, oldest first, as it would have come', async () => {
    const found = await missedIn(
      gap,
      inbox(item('9'), item('8'), item('7', ['topic:a']), item('5'), item('4'), item('3')),
    );
    expect(found).toEqual(['4', '5', '8'].map((id) => ({ id, audience: ['everyone'], channel: 'everyone' })));
  });

  test('reads no further than to the gap', async () => {
    await missedIn(gap, inbox(...['8', '7', '6', '5', '4', '2', '1', '0'].map((id) => item(id))));
    expect(asked).toEqual([null, '6']);
  });

  test('reads all of the inbox if there was nothing before', async () => {
    const found = await missedIn({ ...gap, after: '' }, inbox(...['8', '7', '6', '5'].map((id) => item(id))));
    expect(found.map(({ id }) => id)).toEqual(['5', '6', '7', '8']);
  });

  test('asks for nothing if the lane is empty now', async () => {
    expect(await missedIn({ ...gap, id: null }, inbox(item('1')))).toEqual([]);
    expect(asked).toEqual([]);
  });
});

describe('gapsBetween', () => {
  const at = (epoch: string, id: string): Positions => ({
    epoch,
    channels: { everyone: { high: [3, id], low: [0, null] }, [`topic:${epoch}`]: { high: [3, id] } },
  });

  test('are the lanes of channels in both logs that have something', () => {
    expect(gapsBetween(at('a', '3'), at('b', '7'))).toEqual([
      { channel: 'everyone', lane: 'high', id: '7', after: '3' },
    ]);
  });

  test('are none in one log, or before the first positions', () => {
    expect([...gapsBetween(at('a', '3'), at('a', '7')), ...gapsBetween(null, at('b', '7'))]).toEqual([]);
  });
});
