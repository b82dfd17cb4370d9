import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { AbsentWhenEmpty } from '../validation/absent-when-empty.js';
import { IfGiven } from '../validation/if-given.js';
import { InNfc } from '../validation/in-nfc.js';
import { IsId } from '../validation/is-id.js';
import { PAGE_DEFAULT, PageLimit } from '../validation/page-limit.js';
import { IsString } from '../validation/types.js';

export class ListConnectionsQuery {
  @PageLimit()
  limit = PAGE_DEFAULT;

  @ApiPropertyOptional({ description: 'Only the connections of this user' })
  @IfGiven()
  @IsString()
  @InNfc()
  username?: string;

  @ApiPropertyOptional({ format: 'uuid', description: '`nextCursor` of the previous page; empty for the first page' })
  @IfGiven()
  @IsId({ version: 'all' })
  @AbsentWhenEmpty()
  after?: string;
}

export class ConnectionIdParam {
  @ApiProperty({ format: 'uuid', example: '5f0c2a52-7a54-4d0c-9d5c-1f2f6a3b8e10' })
  @IsId({ version: 'all' })
  id!: string;
}
