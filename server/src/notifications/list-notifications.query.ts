import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsUUID, Max, Min } from 'class-validator';

const PAGE_MAX = 200;
const PAGE_DEFAULT = 50;

export class ListNotificationsQuery {
  @ApiPropertyOptional({ minimum: 1, maximum: PAGE_MAX, default: PAGE_DEFAULT })
  @Max(PAGE_MAX)
  @Min(1)
  @IsInt()
  @Type(() => Number)
  limit = PAGE_DEFAULT;

  @ApiPropertyOptional({ format: 'uuid', description: '`nextCursor` of the page before; leave empty for the newest' })
  @IsOptional()
  @IsUUID('7')
  before?: string;
}
