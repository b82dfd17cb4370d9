import { spokenLate, spokenNews, spokenUrgent } from './spoken-words';

const one = (title: string, message = 'Text'): { title: string; message: string } => ({ title, message });

describe('what is said of arrivals', () => {
  it('names what came alone, and counts what came together', () => {
    expect(spokenNews(one('Lunch'), 1)).toBe('New: Lunch. Text');
    expect(spokenNews(one('Lunch'), 10)).toBe('10 new notifications');
    expect(spokenNews(null, 7)).toBe('7 new notifications');
    expect(spokenNews(null, 1)).toBe('1 new notification');
  });

  it('names each of three urgent ones, and counts more', () => {
    expect(spokenUrgent(['a', 'b', 'c'].map((title) => one(title)))).toHaveLength(3);
    expect(spokenUrgent(['a', 'b', 'c', 'd'].map((title) => one(title)))).toEqual(['4 new of high priority']);
    expect(spokenUrgent([])).toEqual([]);
  });

  it('cuts a long message', () => {
    expect(spokenNews(one('Long', 'x'.repeat(4000)), 1)).toBe(`New: Long. ${'x'.repeat(200)}…`);
  });

  it('says how much of what came meanwhile is urgent', () => {
    expect(spokenLate({ count: 5, urgent: 0 })).toBe('5 came while you were away');
    expect(spokenLate({ count: 5, urgent: 2 })).toBe('5 came while you were away, 2 of high priority');
  });
});
