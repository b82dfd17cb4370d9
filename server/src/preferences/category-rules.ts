import { ATTENTIONS, CATEGORY_MAX, CATEGORY_PATTERN, CATEGORY_RULES_MAX } from '@herald/protocol';
import { applyDecorators } from '@nestjs/common';
import { Must } from '../validation/rule.js';
import { IsObject } from '../validation/types.js';

const ALLOWED = ATTENTIONS.join(', ');

/** Requires rules by category. Validation reports the first failed check in this list. */
export function IsCategoryRules(): PropertyDecorator {
  return applyDecorators(
    IsObject(),
    Must({
      code: 'too_many',
      holds: (rules) => Object.keys(rules as object).length <= CATEGORY_RULES_MAX,
      reason: `$property must name at most ${CATEGORY_RULES_MAX} categories`,
      params: { max: CATEGORY_RULES_MAX },
    }),
    Must({
      code: 'not_a_category',
      holds: (rules) => invalidNameIn(rules) === undefined,
      reason: (rules) =>
        `${JSON.stringify(invalidNameIn(rules))} is not a category, which is one word of at most ${CATEGORY_MAX} characters`,
      params: (rules) => ({ category: invalidNameIn(rules) ?? '' }),
    }),
    Must({
      code: 'not_one_of',
      holds: (rules) => invalidRuleIn(rules) === undefined,
      reason: (rules) => `${invalidRuleIn(rules) ?? ''} must be one of ${ALLOWED}`,
      params: { allowed: ALLOWED },
    }),
  );
}

/** The first name that is not a category. */
function invalidNameIn(rules: unknown): string | undefined {
  return Object.keys(rules as object).find((name) => name.length > CATEGORY_MAX || !CATEGORY_PATTERN.test(name));
}

/** The first category with an unknown rule. */
function invalidRuleIn(rules: unknown): string | undefined {
  return Object.entries(rules as object).find(([, rule]) => !ATTENTIONS.some((known) => known === rule))?.[0];
}
