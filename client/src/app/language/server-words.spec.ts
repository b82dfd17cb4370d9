import { serverWords } from './server-words';

describe('serverWords', () => {
  it.each([
    ['title should not be blank', 'This can’t be blank.'],
    ['username should not be empty', 'This can’t be blank.'],
    ['title must be shorter than or equal to 200 characters', 'At most 200 characters, please.'],
    [
      '"ops!" is not everyone, user:<name>, role:<name> or topic:<name>',
      '"ops!" is not everyone, user:<name>, role:<name> or topic:<name>.',
    ],
    [
      'categories: "two words" is not a category, which is one word of at most 50 characters',
      '"two words" is not a category, which is one short word.',
    ],
    ['audience must name at least one channel', 'Say whom it is for.'],
    ['constructor is a name that is not possible here', 'constructor is not possible as a name here.'],
    [
      'url must have no name or password in front of its host',
      'Remove the name or password before the host in this address.',
    ],
    ['actions must have a label of their own each', 'Give each button a label of its own.'],
    ['title must not hold control characters', 'Remove the control characters.'],
    ['[3] has more than 64 values', 'This is too much to be sent at once.'],
    ['topics must name each topic once', 'Name each of them once.'],
    [
      'Preferences and saved filters may be 64 KB together; remove some first',
      'You have saved more than there is room for. Remove some of it first.',
    ],
    ['Request body is too large', 'This is too much to be sent at once.'],
    [
      'You may send 10 notifications a second, and 1000 at once after a rest. Try again in 7 s',
      'You have sent very much in a short time. Try again in 7 s.',
    ],
    [
      'You may make 20 changes a second, and 300 at once after a rest. Try again in 2 s',
      'You’re making too many changes. Try again in 2 s.',
    ],
    ['Too many failed sign-ins. Try again in 61 s', 'Too many failed sign-ins. Try again in 61 s.'],
  ])('translates: %s', (said, words) => {
    expect(serverWords(said)).toBe(words);
  });

  it('returns an unknown sentence unchanged', () => {
    expect(serverWords('The moon is in the way')).toBe('The moon is in the way');
  });
});
