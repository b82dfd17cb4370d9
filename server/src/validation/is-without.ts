import { Must } from './rule.js';

/** Requires that another field is absent. */
export function IsWithout(other: string): PropertyDecorator {
  return Must({
    code: 'excluded',
    holds: (_, object) => (object as Record<string, unknown>)[other] === undefined,
    reason: `$property must not be given together with ${other}`,
    params: { other },
  });
}
