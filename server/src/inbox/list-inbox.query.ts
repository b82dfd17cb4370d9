import { ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IfGiven } from '../validation/if-given.js';
import { IsId } from '../validation/is-id.js';
import { PAGE_DEFAULT, PageLimit } from '../validation/page-limit.js';
import { InboxFilterDto } from './inbox-filter.dto.js';

export class PageQuery {
  @PageLimit()
  limit = PAGE_DEFAULT;

  @ApiPropertyOptional({ format: 'uuid', description: '`nextCursor` of the page before; leave empty for the newest' })
  @IfGiven()
  @IsId()
  // Ids are compared as text, but UUIDs may be written in either case (RFC 9562, section 4).
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.toLowerCase() || undefined : value))
  before?: string;
}

export class ListInboxQuery extends IntersectionType(InboxFilterDto, PageQuery) {}
