import { ValidateIf } from 'class-validator';

/** Checks the field only if it is present: it may be absent, but not null. */
export function IfGiven(): PropertyDecorator {
  return ValidateIf((_, value) => value !== undefined);
}
