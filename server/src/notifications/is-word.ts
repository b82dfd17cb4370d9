import { CATEGORY_PATTERN } from '@herald/protocol';
import { matches, Must } from '../validation/rule.js';

/** Requires the form of a category, which the event of an action has too. */
export function IsWord(): PropertyDecorator {
  return Must({
    code: 'not_a_word',
    holds: matches(CATEGORY_PATTERN),
    reason: '$property must be one word of letters, digits, dots, hyphens or underscores',
  });
}
