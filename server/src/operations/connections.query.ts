import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsString, IsUUID } from 'class-validator';
import { IfGiven } from '../validation/if-given.js';
import { InNfc } from '../validation/in-nfc.js';
import { PAGE_DEFAULT, PageLimit } from '../validation/page-limit.js';

/** Ids are compared as text, but UUIDs may be written in either case (RFC 9562, section 4). */
const InLowerCase = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.toLowerCase() || undefined : value));

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
  @IsUUID()
  @InLowerCase()
  after?: string;
}

export class ConnectionIdParam {
  @ApiProperty({ format: 'uuid', example: '5f0c2a52-7a54-4d0c-9d5c-1f2f6a3b8e10' })
  @IsUUID()
  @InLowerCase()
  id!: string;
}
