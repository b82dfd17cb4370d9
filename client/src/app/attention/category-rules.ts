import type { Attention } from '../../../../protocol/preferences';

type Rules = Readonly<Record<string, Attention>>;

/** What a category may do by these rules: to pop up is what one without a rule does. */
export function ruleOf(rules: Rules, category: string): Attention {
  return Object.hasOwn(rules, category) ? (rules[category] ?? 'toast') : 'toast';
}

/** The rules with another one for this category. */
export function withRule(rules: Rules, category: string, rule: Attention): Record<string, Attention> {
  const others = Object.entries(rules).filter(([name]) => name !== category);
  return Object.fromEntries(rule === 'toast' ? others : [...others, [category, rule]]);
}
