import { addHeldBack, forgetHeldBack, heldBackText, readHeldBack, storeHeldBack } from './held-back';

describe('what quiet hours hold back', () => {
  afterEach(() => localStorage.clear());

  it('is said in one line, the most urgent first', () => {
    const night = addHeldBack(addHeldBack({}, Array(12).fill('low')), ['medium', 'medium']);
    expect(heldBackText(night)).toBe('14 came during quiet hours: 2 medium, 12 low');
    expect(heldBackText({ low: 1 })).toBe('1 came during quiet hours: 1 low');
  });

  it('is not said when it is nothing', () => {
    expect(heldBackText({})).toBeNull();
  });

  it('is counted on, for each person, after the page was closed', () => {
    storeHeldBack('ada', { low: 3 });
    expect(readHeldBack('ada')).toEqual({ low: 3 });
    expect(readHeldBack('eve')).toEqual({});
    forgetHeldBack('ada');
    expect(readHeldBack('ada')).toEqual({});
  });

  it.each(['nonsense', '[]', 'null', '{"low":"many"}', '5'])(
    'takes no harm from what else may be stored: %s',
    (stored) => {
      localStorage.setItem('herald.held-back.ada', stored);
      expect(heldBackText(readHeldBack('ada'))).toBeNull();
    },
  );
});
