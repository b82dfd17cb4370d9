import { testItem } from '@herald/client/testing';
import { suggestionsIn } from './suggestions';

describe('suggestionsIn', () => {
  it('has each word once, in order, with the topics that the person follows', () => {
    const items = [
      testItem('2', { category: 'ops', sender: 'cron', audience: ['topic:disk', 'everyone'] }),
      testItem('1', { category: 'builds', sender: 'ada', audience: ['topic:disk', 'user:ada'] }),
      testItem('0', { category: 'ops', sender: 'ada', audience: ['role:ops'] }),
    ];
    expect(suggestionsIn(items, ['builds'])).toEqual({
      categories: ['builds', 'ops'],
      topics: ['builds', 'disk'],
      senders: ['ada', 'cron'],
    });
  });

  it('has the words of the newest if there are many', () => {
    const items = Array.from({ length: 80 }, (_, n) => testItem(String(n), { category: `c${n}` }));
    const { categories } = suggestionsIn(items, []);
    expect([categories.length, categories.includes('c49'), categories.includes('c50')]).toEqual([50, true, false]);
  });
});
