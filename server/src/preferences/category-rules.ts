import { ValidateBy } from 'class-validator';
import { CATEGORY_MAX, CATEGORY_PATTERN } from '../../../protocol/notification.js';
import { ATTENTIONS, CATEGORY_RULES_MAX } from '../../../protocol/preferences.js';

/** Describes the first fault in a map of category rules, by the name of the category; null if there is none. */
export function faultOfCategoryRules(rules: unknown): string | null {
  if (typeof rules !== 'object' || rules === null || Array.isArray(rules)) return 'categories must be an object';
  const entries = Object.entries(rules);
  if (entries.length > CATEGORY_RULES_MAX) return `categories must name at most ${CATEGORY_RULES_MAX} categories`;
  for (const [category, attention] of entries) {
    if (category.length > CATEGORY_MAX || !CATEGORY_PATTERN.test(category)) {
      return `categories: ${JSON.stringify(category)} is not a category, which is one word of at most ${CATEGORY_MAX} characters`;
    }
    if (!ATTENTIONS.some((known) => known === attention))
      return `categories: ${category} must be one of ${ATTENTIONS.join(', ')}`;
  }
  return null;
}

export function IsCategoryRules(): PropertyDecorator {
  return ValidateBy({
    name: 'isCategoryRules',
    validator: {
      validate: (value) => faultOfCategoryRules(value) === null,
      defaultMessage: (args) => faultOfCategoryRules(args?.value) ?? '',
    },
  });
}
