import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsObject,
  IsString,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import {
  FILTER_NAME_MAX,
  FILTER_URL_MAX,
  FILTER_URL_PATTERN,
  FILTERS_MAX,
  type SavedFilter,
} from '../../../protocol/preferences.js';
import { IsLine } from '../validation/is-line.js';

export const FILTERS_EXAMPLE: SavedFilter[] = [{ name: 'Failed builds', url: '/?category=builds&priority=high' }];

// Validation reports the first failed check only. Decorators run upwards, so the type check comes last.
export class SavedFilterDto implements SavedFilter {
  @ApiProperty({ example: 'Failed builds', maxLength: FILTER_NAME_MAX })
  @MaxLength(FILTER_NAME_MAX)
  @IsLine()
  @IsString()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value))
  name!: string;

  @ApiProperty({
    example: '/?category=builds&priority=high',
    maxLength: FILTER_URL_MAX,
    description: 'Path and query of the page',
  })
  @Matches(FILTER_URL_PATTERN, { message: 'url must be a path of the page, as /?unread=true' })
  @MaxLength(FILTER_URL_MAX)
  @IsString()
  url!: string;
}

/** Saved filters with distinct names. Validation reports the first failed check in this list. */
export function AreSavedFilters(): PropertyDecorator {
  return applyDecorators(
    Type(() => SavedFilterDto),
    IsArray(),
    ArrayMaxSize(FILTERS_MAX, { message: `filters must be at most ${FILTERS_MAX}` }),
    IsObject({ each: true, message: 'each of filters must be an object' }),
    ArrayUnique((filter: SavedFilter | null) => filter?.name, {
      message: 'filters must have a name of their own each',
    }),
    ValidateNested({ each: true }),
  );
}

export class SavedFiltersDto {
  @ApiProperty({ type: [SavedFilterDto], maxItems: FILTERS_MAX, example: FILTERS_EXAMPLE })
  @AreSavedFilters()
  filters!: SavedFilterDto[];
}
