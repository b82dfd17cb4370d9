import { filterOf, isNarrowed } from './filter-of';

describe('filterOf', () => {
  it('is the whole view for a plain address', () => {
    expect(filterOf('archived', {})).toEqual({ view: 'archived' });
    expect(isNarrowed(filterOf('archived', {}))).toBe(false);
  });

  it('reads all that can be asked for', () => {
    const params = {
      q: ' disk full ',
      unread: 'true',
      unconfirmed: 'true',
      priority: 'low,high',
      category: 'ops',
      topic: 'db',
      sender: 'ada',
      after: '2026-11-01',
      before: '2026-12-01',
    };
    expect(filterOf('inbox', params)).toEqual({
      view: 'inbox',
      unread: true,
      unconfirmed: true,
      priority: ['high', 'low'],
      category: 'ops',
      topic: 'db',
      sender: 'ada',
      from: new Date(2026, 10, 1).toISOString(),
      to: new Date(2026, 11, 1).toISOString(),
      q: 'disk full',
    });
  });

  it('passes over what it can’t mean', () => {
    const filter = filterOf('inbox', {
      q: '  ',
      unread: 'maybe',
      unconfirmed: 'maybe',
      priority: 'urgent',
      category: '',
      after: 'yesterday',
      before: '2026-11',
    });
    expect(filter).toEqual({ view: 'inbox' });
  });

  it('asks for no longer search than the server takes', () => {
    expect(filterOf('inbox', { q: 'x'.repeat(1000) }).q).toHaveLength(200);
  });
});
