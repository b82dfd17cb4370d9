import type { StateChange } from '@herald/protocol';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, ValidateIf } from 'class-validator';
import { IfGiven } from '../validation/if-given.js';
import { IsAhead } from '../validation/is-ahead.js';
import { IsBoolean } from '../validation/types.js';

const saysNothing = ({ read, archived, snoozedUntil }: StateChange): boolean =>
  read === undefined && archived === undefined && snoozedUntil === undefined;

/** A change of at least one field. */
export class StateChangeDto implements StateChange {
  @ApiPropertyOptional({ example: true })
  @IsBoolean()
  // Validated in an empty change as well, to refuse it.
  @ValidateIf((change: StateChange) => change.read !== undefined || saysNothing(change))
  read?: boolean;

  @ApiPropertyOptional({ example: false })
  @IsBoolean()
  @IfGiven()
  archived?: boolean;

  @ApiPropertyOptional({
    type: String,
    format: 'date-time',
    nullable: true,
    example: null,
    description: 'Put away until then, a year ahead at most; it comes back unread. Null: not any longer',
  })
  @IsAhead()
  // Null is a valid value here.
  @IsOptional()
  snoozedUntil?: string | null;
}

/** The given fields, without undefined ones. */
export function changeOf({ read, archived, snoozedUntil }: StateChangeDto): StateChange {
  const said = Object.entries({ read, archived, snoozedUntil }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(said);
}
