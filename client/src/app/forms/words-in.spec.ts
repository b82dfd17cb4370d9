import { wordsIn } from './words-in';

describe('words', () => {
  it('have commas or spaces between them, and count once', () => {
    expect(wordsIn(' ada, role:ops topic:builds,,ada ')).toEqual(['ada', 'role:ops', 'topic:builds']);
    expect(wordsIn(' ')).toEqual([]);
  });
});
