import { notificationBytes } from './entry-cost.js';

test('an action costs the same with a field that has no value, as requests have it', () => {
  const draft = { title: 'Deploy', message: 'Approve it?', priority: 'low' as const, category: 'deploy' };
  const action = { label: 'Approve', event: 'approve' };
  const asRequested = { url: undefined, ...action } as unknown as typeof action;
  expect(notificationBytes({ ...draft, actions: [asRequested] })).toBe(
    notificationBytes({ ...draft, actions: [action] }),
  );
});
