import { Selection } from './selection';

const LISTED = ['e', 'd', 'c', 'b', 'a'];

describe('Selection', () => {
  it('ticks one, and no longer', () => {
    const selection = new Selection();
    selection.toggle(['b'], false, LISTED);
    expect([selection.ids(), selection.has('b')]).toEqual([['b'], true]);
    selection.toggle(['b'], false, LISTED);
    expect(selection.count()).toBe(0);
  });

  it.each([
    ['d', 'b'],
    ['b', 'd'],
  ])('ticks all from %s to %s', (from, to) => {
    const selection = new Selection();
    selection.toggle([from], false, LISTED);
    selection.toggle([to], true, LISTED);
    expect(selection.ids().sort()).toEqual(['b', 'c', 'd']);
  });

  it('ticks all that a row stands for, and unticks them only if all of them are ticked', () => {
    const selection = new Selection();
    selection.toggle(['b'], false, LISTED);
    selection.toggle(['b', 'c'], false, LISTED);
    expect(selection.ids()).toEqual(['b', 'c']);
    selection.toggle(['b', 'c'], false, LISTED);
    expect(selection.count()).toBe(0);
  });

  it('ticks one alone when where the range began is gone', () => {
    const selection = new Selection();
    selection.toggle(['x'], false, LISTED);
    selection.toggle(['b'], true, LISTED);
    expect(selection.ids()).toEqual(['x', 'b']);
  });

  it('forgets what is not listed any more', () => {
    const selection = new Selection();
    selection.all(LISTED);
    selection.keep(['c', 'a']);
    expect(selection.ids()).toEqual(['c', 'a']);
  });

  it('means everything up to the newest by then, also what is listed later, but not what arrives', () => {
    const selection = new Selection();
    selection.everything(['c', 'b']);
    expect([selection.upTo(), ...selection.among(LISTED)]).toEqual(['c', 'c', 'b', 'a']);
    selection.clear();
    expect([selection.upTo(), selection.count()]).toEqual([null, 0]);
  });

  it('ticks what is loaded later while everything is meant, and counts what came since apart', () => {
    const selection = new Selection();
    selection.everything(['c', 'b']);
    selection.keep(LISTED);
    expect([selection.ids(), selection.since(LISTED)]).toEqual([['c', 'b', 'a'], 2]);
    selection.keep(['e', 'd', 'a']);
    expect([selection.ids(), selection.upTo()]).toEqual([['a'], 'c']);
  });

  it('means nothing any more when nothing of it is listed', () => {
    const selection = new Selection();
    selection.everything(['c', 'b']);
    selection.keep(['e', 'd']);
    expect([selection.count(), selection.upTo(), selection.since(LISTED)]).toEqual([0, null, 0]);
    expect([...selection.among(LISTED)]).toEqual([]);
  });

  it('means what is listed, and no more, once one is taken out of everything', () => {
    const selection = new Selection();
    selection.everything(LISTED);
    selection.toggle(['d'], false, LISTED);
    expect([selection.upTo(), selection.ids()]).toEqual([null, ['e', 'c', 'b', 'a']]);
  });
});
