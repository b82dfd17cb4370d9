import { spokenLate, spokenNews, spokenUrgent } from './spoken-words';

const one = (title: string, message = 'Text'): { title: string; message: string } => ({ title, message });

describe('announcements of arrivals', () => {
  it('name a single arrival, and count several', () => {
    expect(spokenNews(one('Lunch'), 1)).toBe('New: Lunch. Text');
    expect(spokenNews(one('Lunch'), 10)).toBe('10 new notifications');
    expect(spokenNews(null, 7)).toBe('7 new notifications');
    expect(spokenNews(null, 1)).toBe('1 new notification');
  });

  it('name up to three of high priority, and count more', () => {
    expect(spokenUrgent(['a', 'b', 'c'].map((title) => one(title)))).toHaveLength(3);
    expect(spokenUrgent(['a', 'b', 'c', 'd'].map((title) => one(title)))).toEqual(['4 new of high priority']);
    expect(spokenUrgent([])).toEqual([]);
  });

  it('truncate a long message', () => {
    expect(spokenNews(one('Long', 'x'.repeat(4000)), 1)).toBe(`New: Long. ${'x'.repeat(200)}…`);
  });

  it('say how many missed arrivals are of high priority', () => {
    expect(spokenLate({ count: 5, urgent: 0 })).toBe('5 came while you were away');
    expect(spokenLate({ count: 5, urgent: 2 })).toBe('5 came while you were away, 2 of high priority');
  });
});
