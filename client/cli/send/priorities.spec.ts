import { priorityOf } from './priorities.ts';

test.each([
  ['high', 'high'],
  ['Medium', 'medium'],
  ['low', 'low'],
  ['5', 'high'],
  ['3', 'medium'],
  ['1', 'low'],
  ['urgent', 'high'],
  ['default', 'medium'],
])('the priority %s is %s', (word, priority) => {
  expect(priorityOf(word)).toBe(priority);
});

test.each(['', '0', '6', 'toString'])('there is no priority %j', (word) => {
  expect(() => priorityOf(word)).toThrow('It is high, medium or low');
});
