import { Must, type RuleOptions } from './rule.js';

export function IsString(options?: RuleOptions): PropertyDecorator {
  return Must(
    { code: 'not_a_string', holds: (value) => typeof value === 'string', reason: '$property must be a string' },
    options,
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
export function IsObject(options?: RuleOptions): PropertyDecorator {
  return Must(
    {
      code: 'not_an_object',
      holds: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
      reason: '$property must be an object',
    },
    options,
  );
}

/** Requires one of these values. */
export function IsIn(values: readonly unknown[], options?: RuleOptions): PropertyDecorator {
  const allowed = values.join(', ');
  return Must(
    {
      code: 'not_one_of',
      holds: (value) => values.includes(value),
      reason: `$property must be one of ${allowed}`,
      params: { allowed },
    },
    options,
  );
}
