import { type Draft, isEmpty, parseDraft } from './draft';

const EMPTY: Draft = {
  ...{ audience: null, title: '', message: '', priority: 'medium', category: 'general' },
  options: {
    ...{ url: '', tags: '', key: '', expiresAt: '', deliverAt: '', markdown: false, requiresAck: false },
    actions: [{ label: '', target: '' }],
  },
};

describe('isEmpty', () => {
  test('ignores recipients, priority and category, which stay after a notification was sent', () => {
    expect(isEmpty(EMPTY)).toBe(true);
    expect(isEmpty({ ...EMPTY, audience: ['user:ada'], priority: 'high', category: 'ops' })).toBe(true);
  });

  test.each<Partial<Draft>>([
    { title: 'a' },
    { message: ' ' },
    { options: { ...EMPTY.options, deliverAt: '2026-01-31T08:00' } },
    { options: { ...EMPTY.options, markdown: true } },
    { options: { ...EMPTY.options, actions: [{ label: 'Yes', target: '' }] } },
  ])('is false for %j', (part) => {
    expect(isEmpty({ ...EMPTY, ...part })).toBe(false);
  });
});

describe('parseDraft', () => {
  test('reads what was stored', () => {
    const draft: Draft = { ...EMPTY, audience: ['user:ada'], title: 'Standup' };
    expect(parseDraft(JSON.stringify(draft))).toEqual(draft);
  });

  test.each([
    '',
    'null',
    '[]',
    '{"title":"a"}',
    JSON.stringify({ ...EMPTY, title: 1 }),
    JSON.stringify({ ...EMPTY, priority: 'urgent' }),
    JSON.stringify({ ...EMPTY, audience: [1] }),
    JSON.stringify({ ...EMPTY, options: null }),
    JSON.stringify({ ...EMPTY, options: { ...EMPTY.options, markdown: 'yes' } }),
    JSON.stringify({ ...EMPTY, options: { ...EMPTY.options, actions: [null] } }),
  ])('is null for %s', (text) => {
    expect(parseDraft(text)).toBeNull();
  });
});
