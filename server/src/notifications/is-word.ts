import { CATEGORY_PATTERN } from '@herald/protocol';
import { matches, Must } from '../validation/rule.js';

/** The form of a category, and of an action's event. */
export function IsWord(): PropertyDecorator {
  return Must({
    code: 'not_a_word',
    holds: matches(CATEGORY_PATTERN),
    reason: '$property must be one word of letters, digits, dots, hyphens or underscores',
  });
}
