import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { isUUID } from 'class-validator';
import { Must, type RuleOptions } from './rule.js';

interface IdOptions extends RuleOptions {
  /** Ids of notifications are of version 7. */
  version?: '7' | 'all';
}

/**
 * Requires a UUID, by default of version 7. Converts it to lower case: ids are compared as text, but UUIDs may be
 * written in either case (RFC 9562, section 4).
 */
export function IsId({ version = '7', ...options }: IdOptions = {}): PropertyDecorator {
  return applyDecorators(
    Must(
      {
        code: 'not_an_id',
        holds: (value) => isUUID(value, version),
        reason: version === '7' ? '$property must be a UUID of version 7' : '$property must be a UUID',
      },
      options,
    ),
    Transform(({ value }: { value: unknown }) => (Array.isArray(value) ? value.map(lowerCase) : lowerCase(value))),
  );
}

const lowerCase = (value: unknown): unknown => (typeof value === 'string' ? value.toLowerCase() : value);
