import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';

const PAGE_MAX = 200;
const PAGE_DEFAULT = 50;
/** Format: instant and id. */
const CURSOR = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z_[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

export class ListScheduledQuery {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: PAGE_MAX, default: PAGE_DEFAULT })
  @Max(PAGE_MAX)
  @Min(1)
  @IsInt()
  @Type(() => Number)
  limit = PAGE_DEFAULT;

  @ApiPropertyOptional({ description: '`nextCursor` of the previous page; empty for the first page' })
  @Matches(CURSOR, { message: 'after must be the nextCursor of a page' })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === '' ? undefined : value))
  after?: string;
}
