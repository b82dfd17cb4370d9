import { ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { AbsentWhenEmpty } from '../validation/absent-when-empty.js';
import { IfGiven } from '../validation/if-given.js';
import { IsId } from '../validation/is-id.js';
import { PAGE_DEFAULT, PageLimit } from '../validation/page-limit.js';
import { InboxFilterDto } from './inbox-filter.dto.js';

export class PageQuery {
  @PageLimit()
  limit = PAGE_DEFAULT;

  @ApiPropertyOptional({ format: 'uuid', description: '`nextCursor` of the previous page; empty for the first page' })
  @IfGiven()
  @IsId()
  @AbsentWhenEmpty()
  before?: string;
}

export class ListInboxQuery extends IntersectionType(InboxFilterDto, PageQuery) {}
