import { ValidateIf } from 'class-validator';

/** The field may be absent. Null does not count as absent. */
export function IfGiven(): PropertyDecorator {
  return ValidateIf((_, value) => value !== undefined);
}
