import { ApiPropertyOptional } from '@nestjs/swagger';
import { AbsentWhenEmpty } from '../validation/absent-when-empty.js';
import { IfGiven } from '../validation/if-given.js';
import { PAGE_DEFAULT, PageLimit } from '../validation/page-limit.js';
import { matches, Must } from '../validation/rule.js';

export class ListAppsQuery {
  @PageLimit()
  limit = PAGE_DEFAULT;

  @ApiPropertyOptional({ description: '`nextCursor` of the previous page; empty for the first page' })
  @Must({ code: 'not_a_cursor', holds: matches(/^\d{1,15}$/), reason: '$property must be the nextCursor of a page' })
  @IfGiven()
  @AbsentWhenEmpty()
  after?: string;
}
