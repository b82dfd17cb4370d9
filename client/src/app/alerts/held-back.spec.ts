import { addHeldBack, forgetHeldBack, heldBackText, readHeldBack, storeHeldBack } from './held-back';

describe('held-back notifications', () => {
  afterEach(() => localStorage.clear());

  it('are summed up in one line, most urgent first', () => {
    const night = addHeldBack(addHeldBack({}, Array(12).fill('low')), ['medium', 'medium']);
    expect(heldBackText(night)).toBe('14 came during quiet hours: 2 medium, 12 low');
    expect(heldBackText({ low: 1 })).toBe('1 came during quiet hours: 1 low');
  });

  it('have no summary when there are none', () => {
    expect(heldBackText({})).toBeNull();
  });

  it('keep their count per person after the page closes', () => {
    storeHeldBack('ada', { low: 3 });
    expect(readHeldBack('ada')).toEqual({ low: 3 });
    expect(readHeldBack('eve')).toEqual({});
    forgetHeldBack('ada');
    expect(readHeldBack('ada')).toEqual({});
  });

  it.each(['nonsense', '[]', 'null', '{"low":"many"}', '5'])('ignore an invalid stored count: %s', (stored) => {
    localStorage.setItem('herald.held-back.ada', stored);
    expect(heldBackText(readHeldBack('ada'))).toBeNull();
  });
});
