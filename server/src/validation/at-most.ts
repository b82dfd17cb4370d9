import { Matches } from 'class-validator';

/** Counts UTF-16 code units, as the protocol and a form's `maxlength` do; class-validator's MaxLength skips some. */
export function AtMost(max: number): PropertyDecorator {
  const message = `$property must be shorter than or equal to ${max} characters`;
  return Matches(new RegExp(`^[^]{0,${max}}$`), { message });
}
