import { totalOf } from './total-of';

const COUNTS = { unread: 4, inbox: 30, archived: 200, snoozed: 1, unconfirmed: 0 };

describe('how many match', () => {
  it.each([
    [{ view: 'inbox' } as const, 30],
    [{ view: 'inbox', unread: true } as const, 4],
    [{ view: 'archived' } as const, 200],
    [{ view: 'snoozed' } as const, 1],
    [{ view: 'all' } as const, null],
    [{ view: 'archived', unread: true } as const, null],
    [{ view: 'inbox', unread: true, q: 'x' } as const, null],
    [{ view: 'inbox', category: 'builds' } as const, null],
  ])('%j: %j', (filter, total) => expect(totalOf(filter, COUNTS)).toBe(total));
});
