import type { InboxChanged, InboxFilter, StateChange } from '@herald/protocol';
import { jest } from '@jest/globals';
import { makeChange } from './changes.ts';
import type { InboxApi, Selection } from './inbox-api.ts';

const COUNTS = { unread: 0, inbox: 3, archived: 0, snoozed: 0, unconfirmed: 0 };

describe('makeChange', () => {
  const change = jest.fn<(selection: Selection, change: StateChange) => Promise<InboxChanged>>();
  const api = { change } as unknown as InboxApi;
  const ids = Array.from({ length: 1100 }, (_, n) => String(n));
  const asked = (): Selection[] => change.mock.calls.map(([selection]) => selection);
  const agree = (selection: Selection): Promise<InboxChanged> =>
    Promise.resolve({ ids: 'ids' in selection ? [...selection.ids] : [], counts: COUNTS, asOf: '120' });

  beforeEach(() => change.mockReset());

  it('sends more than 500 ids in parts', async () => {
    change.mockImplementation(agree);
    const { done } = await makeChange(api, { ids }, { read: true }, () => undefined);
    expect(asked().map((selection) => ('ids' in selection ? selection.ids.length : 0))).toEqual([500, 500, 100]);
    expect(done?.ids).toEqual(ids);
  });

  it('keeps the undo of the parts before the one that failed, and tells the rest', async () => {
    change.mockImplementationOnce(agree).mockRejectedValueOnce(new Error('offline'));
    const { done, error, rest } = await makeChange(api, { ids }, { read: true }, () => undefined);
    expect([done?.undo, error]).toEqual([[{ ids: ids.slice(0, 500), change: { read: false } }], new Error('offline')]);
    expect(rest).toEqual(ids.slice(500));
  });

  it('tells where a change of all that match has stopped', async () => {
    const filter: InboxFilter = { view: 'all' };
    change.mockResolvedValueOnce({ ids: ['003'], counts: COUNTS, asOf: '120', nextUpTo: '002' });
    change.mockRejectedValueOnce(new Error('offline'));
    const { rest } = await makeChange(api, { filter, upTo: '003' }, { read: true }, () => undefined);
    expect(rest).toEqual({ filter, upTo: '002' });
  });

  it('continues with the older ones when more match than one request changes', async () => {
    const filter: InboxFilter = { view: 'all', category: 'news' };
    change.mockResolvedValueOnce({ ids: ['003'], counts: COUNTS, asOf: '120', nextUpTo: '002' });
    change.mockResolvedValueOnce({ ids: ['002'], counts: COUNTS, asOf: '121' });
    const taken: string[] = [];
    const { done } = await makeChange(api, { filter, upTo: '003' }, { read: true }, ({ asOf }) => taken.push(asOf));
    expect(asked()).toEqual([
      { filter, upTo: '003' },
      { filter, upTo: '002' },
    ]);
    expect([done?.ids, taken]).toEqual([
      ['003', '002'],
      ['120', '121'],
    ]);
  });
});
