import { TestBed } from '@angular/core/testing';
import { jest } from '@jest/globals';
import type { InboxChanged, InboxFilter, StateChange } from '../../../../../protocol/inbox';
import { InboxChanges } from './inbox-changes';
import { NotificationsApi, type Selection } from './notifications-api';

const COUNTS = { unread: 0, inbox: 3, archived: 0, snoozed: 0 };

describe('InboxChanges', () => {
  const change = jest.fn<(selection: Selection, change: StateChange) => Promise<InboxChanged>>();
  let changes: InboxChanges;

  const asked = (): Selection[] => change.mock.calls.map(([selection]) => selection);

  beforeEach(() => {
    change.mockReset();
    TestBed.configureTestingModule({ providers: [{ provide: NotificationsApi, useValue: { change } }] });
    changes = TestBed.inject(InboxChanges);
  });

  it('sends more than 500 ids in parts', async () => {
    const ids = Array.from({ length: 1100 }, (_, n) => String(n));
    change.mockImplementation((selection) =>
      Promise.resolve({ ids: 'ids' in selection ? [...selection.ids] : [], counts: COUNTS, asOf: '120' }),
    );
    const done = await changes.make({ ids }, ids, { read: true }, () => undefined);
    expect(asked().map((selection) => ('ids' in selection ? selection.ids.length : 0))).toEqual([500, 500, 100]);
    expect(done?.ids).toEqual(ids);
  });

  it('continues with the older ones when more match than one request changes', async () => {
    const filter: InboxFilter = { view: 'all', category: 'news' };
    change.mockResolvedValueOnce({ ids: ['003'], counts: COUNTS, asOf: '120', nextUpTo: '002' });
    change.mockResolvedValueOnce({ ids: ['002'], counts: COUNTS, asOf: '121' });
    const taken: string[] = [];
    const done = await changes.make({ filter, upTo: '003' }, [], { read: true }, ({ asOf }) => taken.push(asOf));
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
