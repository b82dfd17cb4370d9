import { ApiPropertyOptional } from '@nestjs/swagger';
import { AbsentWhenEmpty } from '../validation/absent-when-empty.js';
import { IfGiven } from '../validation/if-given.js';
import { PAGE_DEFAULT, PageLimit } from '../validation/page-limit.js';
import { matches, Must } from '../validation/rule.js';

/** Format: instant and id. */
const CURSOR = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z_[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

export class ListScheduledQuery {
  @PageLimit()
  limit = PAGE_DEFAULT;

  @ApiPropertyOptional({ description: '`nextCursor` of the previous page; empty for the first page' })
  @Must({ code: 'not_a_cursor', holds: matches(CURSOR), reason: '$property must be the nextCursor of a page' })
  @IfGiven()
  @AbsentWhenEmpty()
  after?: string;
}
