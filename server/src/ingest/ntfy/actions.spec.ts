import { growthOf, LINEAR } from '#test/growth.js';
import { readActions } from './actions.js';

test.each(['a"', '"', `"'`, ' ', ' "', ',', ';', '=', '= ', 'a.'])(
  'takes linear time for actions that repeat %j',
  (part) => {
    expect(growthOf(readActions, (length) => `view, ${part.repeat(length / part.length)}`)).toBeLessThan(LINEAR);
  },
);
