import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsOptional, ValidateBy, ValidateIf } from 'class-validator';
import type { StateChange } from '../../../protocol/inbox.js';
import { IsInstant, isInstant } from './is-instant.js';

const DAY_MS = 86_400_000;
/** Longer than a year nobody means it. */
const SNOOZE_MAX_DAYS = 366;

function IsAhead(): PropertyDecorator {
  const validate = (value: unknown): boolean => {
    const ms = isInstant(value) ? Date.parse(value) - Date.now() : Number.NaN;
    return ms > 0 && ms <= SNOOZE_MAX_DAYS * DAY_MS;
  };
  return ValidateBy({ name: 'isAhead', validator: { validate } }, { message: '$property must lie ahead, by a year at most' });
}

const saysNothing = ({ read, archived, snoozedUntil }: StateChange): boolean =>
  read === undefined && archived === undefined && snoozedUntil === undefined;

/** What is to change, at least one thing. */
export class StateChangeDto implements StateChange {
  @ApiPropertyOptional({ example: true })
  @IsBoolean()
  // Told of a change that says nothing at all.
  @ValidateIf((change: StateChange) => change.read !== undefined || saysNothing(change))
  read?: boolean;

  @ApiPropertyOptional({ example: false })
  @IsBoolean()
  @ValidateIf((_, value) => value !== undefined)
  archived?: boolean;

  @ApiPropertyOptional({
    type: String,
    format: 'date-time',
    nullable: true,
    example: null,
    description: 'Put away until then, a year ahead at most; it comes back unread. Null: not any longer',
  })
  @IsAhead()
  @IsInstant()
  @IsOptional()
  snoozedUntil?: string | null;
}

/** What is said, without what is not. */
export function changeOf({ read, archived, snoozedUntil }: StateChangeDto): StateChange {
  const said = Object.entries({ read, archived, snoozedUntil }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(said);
}
