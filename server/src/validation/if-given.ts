import { ValidateIf } from 'class-validator';

/** The field may be left out. Null is not left out. */
export function IfGiven(): PropertyDecorator {
  return ValidateIf((_, value) => value !== undefined);
}
