import { isUUID } from 'class-validator';
import { Must, type RuleOptions } from './rule.js';

/** Requires the id of a notification, a UUID of version 7. */
export function IsId({ each }: RuleOptions = {}): PropertyDecorator {
  return Must(
    {
      code: 'not_an_id',
      holds: (value) => isUUID(value, '7'),
      reason: `${each === true ? 'each value in $property' : '$property'} must be a UUID of version 7`,
    },
    { each },
  );
}
