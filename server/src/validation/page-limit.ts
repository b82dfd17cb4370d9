import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIntBetween } from './sizes.js';

/** Items on a page when the query sets no limit. */
export const PAGE_DEFAULT = 50;
export const PAGE_MAX = 200;

/**
 * Limit of the items on a page: 1 to 200.
 * @param whenAbsent the property's initial value
 */
export function PageLimit(whenAbsent = PAGE_DEFAULT): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: PAGE_MAX, default: whenAbsent }),
    IsIntBetween(1, PAGE_MAX),
    Type(() => Number),
  );
}
