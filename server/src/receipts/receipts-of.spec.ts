import type { Recipients } from '../repository/receipt-repository.js';
import { receiptsOf } from './receipts-of.js';

const AT = '2026-01-31T08:00:00.000Z';
const ACTIONS = [
  { label: 'OK', event: 'approve' },
  { label: 'OK', event: 'deny' },
];
const NOTIFICATION = {
  ...{ id: '1', title: 't', message: 'm', priority: 'high' as const, category: 'c' },
  audience: ['user:bob'],
  sender: 'ada',
  createdAt: AT,
  actions: ACTIONS,
};
const recipients: Recipients = { count: 1, usernames: ['bob'], has: (username) => username === 'bob' };

describe('receipts', () => {
  test('distinguish actions with the same label by their events', () => {
    const answers = new Map([['bob', [{ label: 'OK', event: 'deny', at: AT }]]]);
    const receipts = receiptsOf(NOTIFICATION, {
      recipients,
      mayName: true,
      receivers: new Set(),
      marks: new Map(),
      answers,
    });
    expect(receipts.choices.map(({ event, count }) => [event, count])).toEqual([
      ['approve', 0],
      ['deny', 1],
    ]);
    expect(receipts.people).toMatchObject([{ username: 'bob', acted: 'OK', event: 'deny' }]);
  });
});
