import { FILTER_NAME_MAX, FILTER_URL_MAX, FILTER_URL_PATTERN, FILTERS_MAX, type SavedFilter } from '@herald/protocol';
import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { ValidateNested } from 'class-validator';
import { IsLine } from '../validation/is-line.js';
import { matches, Must } from '../validation/rule.js';
import { AtMost } from '../validation/sizes.js';
import { IsArray, IsObject, IsString } from '../validation/types.js';

export const FILTERS_EXAMPLE: SavedFilter[] = [{ name: 'Failed builds', url: '/?category=builds&priority=high' }];

// Validation reports the first failed check only. Decorators run upwards, so the type check comes last.
export class SavedFilterDto implements SavedFilter {
  @ApiProperty({ example: 'Failed builds', maxLength: FILTER_NAME_MAX })
  @AtMost(FILTER_NAME_MAX)
  @IsLine()
  @IsString()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value))
  name!: string;

  @ApiProperty({
    example: '/?category=builds&priority=high',
    maxLength: FILTER_URL_MAX,
    description: 'Path and query of a page of Herald',
  })
  @Must({
    code: 'not_a_page_path',
    holds: matches(FILTER_URL_PATTERN),
    reason: '$property must be a path of the page, such as /?unread=true',
  })
  @AtMost(FILTER_URL_MAX)
  @IsString()
  url!: string;
}

/** Requires saved filters with distinct names. Validation reports the first failed check in this list. */
export function AreSavedFilters(): PropertyDecorator {
  return applyDecorators(
    Type(() => SavedFilterDto),
    IsArray(),
    Must({
      code: 'too_many_filters',
      holds: (filters) => (filters as unknown[]).length <= FILTERS_MAX,
      reason: `$property must be at most ${FILTERS_MAX}`,
      params: { max: FILTERS_MAX },
    }),
    IsObject({ each: true }),
    Must({ code: 'duplicate_filters', holds: haveDistinctNames, reason: 'each of $property must have its own name' }),
    ValidateNested({ each: true }),
  );
}

function haveDistinctNames(filters: unknown): boolean {
  const names = (filters as SavedFilter[]).map(({ name }) => name);
  return new Set(names).size === names.length;
}

export class SavedFiltersDto {
  @ApiProperty({ type: [SavedFilterDto], maxItems: FILTERS_MAX, example: FILTERS_EXAMPLE })
  @AreSavedFilters()
  filters!: SavedFilterDto[];
}
