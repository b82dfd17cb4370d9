import { isRead, markedAllRead, markedRead } from './read-marks';

const NOTHING = { upTo: '', ids: [] };

describe('read marks', () => {
  it('remember one that was read', () => {
    const marks = markedRead(NOTHING, 'b');
    expect([isRead(marks, 'a'), isRead(marks, 'b')]).toEqual([false, true]);
  });

  it('remember all up to the newest, and what was read after it', () => {
    const marks = markedAllRead(markedRead(markedRead(NOTHING, 'a'), 'd'), 'c');
    expect(['a', 'b', 'c', 'd', 'e'].map((id) => isRead(marks, id))).toEqual([true, true, true, true, false]);
    expect(marks.ids).toEqual(['d']);
  });

  it('never go back', () => {
    const marks = markedAllRead(NOTHING, 'm');
    expect(markedAllRead(marks, 'c')).toBe(marks);
    expect(markedRead(marks, 'c')).toBe(marks);
  });
});
