import { CHANGE_IDS_MAX } from '@herald/protocol';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ValidateIf, ValidateNested } from 'class-validator';
import type { Selection } from '../repository/inbox-repository.js';
import { IfGiven } from '../validation/if-given.js';
import { IsId } from '../validation/is-id.js';
import { IsWithout } from '../validation/is-without.js';
import { AtLeastItems, AtMostItems } from '../validation/sizes.js';
import { IsArray, IsObject } from '../validation/types.js';
import { InboxFilterDto } from './inbox-filter.dto.js';
import { StateChangeDto } from './state-change.dto.js';

/** A state change of many notifications: those listed by id, or all that match a filter. */
export class ChangeManyDto extends StateChangeDto {
  @ApiPropertyOptional({
    type: [String],
    format: 'uuid',
    minItems: 1,
    maxItems: CHANGE_IDS_MAX,
    example: ['01932c07-6c4e-7000-8000-000000000000'],
    description: 'Ids of notifications that you do not have are ignored',
  })
  @IsId({ each: true })
  @AtMostItems(CHANGE_IDS_MAX)
  @AtLeastItems(1)
  @IsArray()
  @ValidateIf(({ ids, filter }: ChangeManyDto) => ids !== undefined || filter === undefined)
  ids?: string[];

  @ApiPropertyOptional({
    type: InboxFilterDto,
    description: 'Instead of `ids`: all notifications that match, as in the list',
  })
  @ValidateNested()
  @IsWithout('ids')
  @IsObject()
  @IfGiven()
  @Type(() => InboxFilterDto)
  filter?: InboxFilterDto;

  @ApiPropertyOptional({
    format: 'uuid',
    description:
      'With `filter`: only notifications up to this id, so that those that arrive meanwhile stay as they are',
  })
  @IsId()
  @ValidateIf(({ filter, upTo }: ChangeManyDto) => filter !== undefined || upTo !== undefined)
  upTo?: string;
}

export function selectionOf({ ids = [], filter, upTo = '' }: ChangeManyDto): Selection {
  return filter === undefined ? { ids } : { filter, upTo };
}
