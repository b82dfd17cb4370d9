import type { Attention } from '@herald/protocol';

type Rules = Readonly<Record<string, Attention>>;

/** Rule of a category; the default is `toast`. */
export function ruleOf(rules: Rules, category: string): Attention {
  return Object.hasOwn(rules, category) ? (rules[category] ?? 'toast') : 'toast';
}

/** A copy of the rules with this rule for the category. */
export function withRule(rules: Rules, category: string, rule: Attention): Record<string, Attention> {
  const others = Object.entries(rules).filter(([name]) => name !== category);
  return Object.fromEntries(rule === 'toast' ? others : [...others, [category, rule]]);
}
