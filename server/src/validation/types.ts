import { Must, type RuleOptions } from './rule.js';

// With `each` a list is checked value by value.

export function IsString({ each }: RuleOptions = {}): PropertyDecorator {
  return Must(
    {
      code: 'not_a_string',
      holds: (value) => typeof value === 'string',
      reason: each === true ? 'each value in $property must be a string' : '$property must be a string',
    },
    { each },
  );
}

export function IsBoolean(): PropertyDecorator {
  return Must({
    code: 'not_a_boolean',
    holds: (value) => typeof value === 'boolean',
    reason: '$property must be true or false',
  });
}

export function IsInt(): PropertyDecorator {
  return Must({ code: 'not_an_integer', holds: Number.isInteger, reason: '$property must be a whole number' });
}

export function IsArray(): PropertyDecorator {
  return Must({ code: 'not_a_list', holds: Array.isArray, reason: '$property must be a list' });
}

/** Requires a JSON object. */
export function IsObject({ each }: RuleOptions = {}): PropertyDecorator {
  return Must(
    {
      code: 'not_an_object',
      holds: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
      reason: each === true ? 'each value in $property must be an object' : '$property must be an object',
    },
    { each },
  );
}

/** Requires one of these values. */
export function IsIn(values: readonly unknown[], { each }: RuleOptions = {}): PropertyDecorator {
  const allowed = values.join(', ');
  return Must(
    {
      code: 'not_one_of',
      holds: (value) => values.includes(value),
      reason:
        each === true ? `each value in $property must be one of ${allowed}` : `$property must be one of ${allowed}`,
      params: { allowed },
    },
    { each },
  );
}
