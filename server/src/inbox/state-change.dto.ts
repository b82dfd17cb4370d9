import type { StateChange } from '@herald/protocol';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, ValidateIf } from 'class-validator';
import { IfGiven } from '../validation/if-given.js';
import { IsAhead } from '../validation/is-ahead.js';
import { IsBoolean } from '../validation/types.js';

const isEmpty = ({ read, archived, snoozedUntil }: StateChange): boolean =>
  read === undefined && archived === undefined && snoozedUntil === undefined;

/** A change of at least one field. */
export class StateChangeDto implements StateChange {
  @ApiPropertyOptional({ example: true })
  @IsBoolean()
  // Also validated in an empty change, so that it is refused.
  @ValidateIf((change: StateChange) => change.read !== undefined || isEmpty(change))
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
    description:
      'Snoozed until this instant, at most a year ahead; then it returns to the inbox, unread. Null ends the snooze',
  })
  @IsAhead()
  // Null is a valid value here.
  @IsOptional()
  snoozedUntil?: string | null;
}

/** The given fields, without undefined ones. */
export function changeOf({ read, archived, snoozedUntil }: StateChangeDto): StateChange {
  const given = Object.entries({ read, archived, snoozedUntil }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given);
}
