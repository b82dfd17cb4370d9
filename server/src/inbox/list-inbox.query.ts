import { ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { IsInt, IsUUID, Max, Min } from 'class-validator';
import { IfGiven } from '../validation/if-given.js';
import { InboxFilterDto } from './inbox-filter.dto.js';

const PAGE_MAX = 200;
const PAGE_DEFAULT = 50;

export class PageQuery {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: PAGE_MAX, default: PAGE_DEFAULT })
  @Max(PAGE_MAX)
  @Min(1)
  @IsInt()
  @Type(() => Number)
  limit = PAGE_DEFAULT;

  @ApiPropertyOptional({ format: 'uuid', description: '`nextCursor` of the page before; leave empty for the newest' })
  @IfGiven()
  @IsUUID('7')
  // Ids are compared as text, and a UUID may be written in either case (RFC 9562, section 4).
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.toLowerCase() || undefined : value))
  before?: string;
}

export class ListInboxQuery extends IntersectionType(InboxFilterDto, PageQuery) {}
