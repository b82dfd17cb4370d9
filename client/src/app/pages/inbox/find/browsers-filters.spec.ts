import { keepBrowsersFilters, readBrowsersFilters, withBrowsersFilters } from './browsers-filters';

const one = (name: string, url = '/?q=1'): { name: string; url: string } => ({ name, url });

describe('filters that a browser has kept', () => {
  afterEach(() => localStorage.clear());

  it('are those of this person and of the right shape', () => {
    const bad = [
      null,
      5,
      { name: 'x' },
      one(' '),
      one('away', '//evil.example'),
      one('x'.repeat(41)),
      one('long', `/${'x'.repeat(500)}`),
    ];
    localStorage.setItem('herald.saved-filters.ada', JSON.stringify([one(' Mine '), ...bad]));
    expect(readBrowsersFilters('ada')).toEqual([one('Mine')]);
    expect(readBrowsersFilters('bob')).toEqual([]);
    keepBrowsersFilters('ada', [one('Left over')]);
    expect(readBrowsersFilters('ada')).toEqual([one('Left over')]);
    keepBrowsersFilters('ada', []);
    expect(localStorage).toHaveLength(0);
  });

  it.each(['{', '{}', 'null'])('are none where %s is stored', (stored) => {
    localStorage.setItem('herald.saved-filters.ada', stored);
    expect(readBrowsersFilters('ada')).toEqual([]);
  });

  it('are added to those of the server, which stay, up to twenty', () => {
    expect(withBrowsersFilters([one('a', '/a')], [one('a', '/b'), one('b')])).toEqual([one('a', '/a'), one('b')]);
    const many = Array.from({ length: 19 }, (_, n) => one(String(n)));
    expect(
      withBrowsersFilters(many, [one('x'), one('y')])
        .map(({ name }) => name)
        .slice(18),
    ).toEqual(['18', 'x']);
  });
});
