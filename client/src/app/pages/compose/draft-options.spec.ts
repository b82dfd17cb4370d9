import { type OptionFields, readOptions } from './draft-options';

const EMPTY: OptionFields = {
  url: '',
  tags: '',
  key: '',
  expiresAt: '',
  deliverAt: '',
  markdown: false,
  requiresAck: false,
  actions: [{ label: '', target: '' }],
};

describe('readOptions', () => {
  test('omits empty fields', () => {
    expect(readOptions(EMPTY)).toEqual({});
  });

  test('returns the filled fields', () => {
    const url = 'https://example.com/42';
    expect(
      readOptions({ ...EMPTY, url, tags: ' :rocket:, release ', key: 'deploy', markdown: true, requiresAck: true }),
    ).toEqual({
      url,
      tags: [':rocket:', 'release'],
      key: 'deploy',
      markdown: true,
      requiresAck: true,
    });
  });

  test('tells an address from an event, and passes anything else to the server to refuse', () => {
    const actions = [
      { label: 'Open', target: 'https://example.com/' },
      { label: 'Approve', target: 'approve' },
      { label: 'Bad', target: 'javascript:alert(1)' },
    ];
    expect(readOptions({ ...EMPTY, actions }).actions).toEqual([
      { label: 'Open', url: 'https://example.com/' },
      { label: 'Approve', event: 'approve' },
      { label: 'Bad', url: 'javascript:alert(1)' },
    ]);
  });

  test('reads times in the local time zone', () => {
    const { deliverAt, expiresAt } = readOptions({
      ...EMPTY,
      deliverAt: '2026-01-31T08:00',
      expiresAt: '2026-01-31T09:30',
    });
    expect([deliverAt, expiresAt]).toEqual([
      new Date(2026, 0, 31, 8).toISOString(),
      new Date(2026, 0, 31, 9, 30).toISOString(),
    ]);
  });
});
