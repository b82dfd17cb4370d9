import { wordsIn } from './words-in';

describe('wordsIn', () => {
  it('splits at commas and spaces, and returns each word once', () => {
    expect(wordsIn(' ada, role:ops topic:builds,,ada ')).toEqual(['ada', 'role:ops', 'topic:builds']);
    expect(wordsIn(' ')).toEqual([]);
  });
});
