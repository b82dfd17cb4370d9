import { NAME_MAX } from '@herald/protocol';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { AbsentWhenEmpty } from '../validation/absent-when-empty.js';
import { InNfc } from '../validation/in-nfc.js';
import { PAGE_MAX, PageLimit } from '../validation/page-limit.js';
import { AtMost } from '../validation/sizes.js';
import { IsString } from '../validation/types.js';

export class ListUsersQuery {
  @PageLimit(PAGE_MAX)
  limit = PAGE_MAX;

  @ApiPropertyOptional({ description: 'Last name of the previous page; empty for the first page' })
  @IsString()
  @InNfc()
  @IsOptional()
  @AbsentWhenEmpty()
  after?: string;

  @ApiPropertyOptional({
    type: String,
    example: 'ada',
    maxLength: NAME_MAX,
    description: 'Part of the name, of a role or of a topic, case-insensitive',
  })
  @AtMost(NAME_MAX)
  @IsString()
  @InNfc()
  q = '';
}
