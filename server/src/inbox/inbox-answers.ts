import {
  CHANGE_MATCHES_MAX,
  type InboxChanged,
  type InboxCounts,
  type InboxItem,
  type InboxPage,
  type SnoozedTogether,
} from '@herald/protocol';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ApiNextCursor } from '../docs/api-next-cursor.js';
import { NotificationDto } from '../notifications/notification-answers.js';

const AS_OF = 'The answer reflects all entries of the log up to this id; entries with a larger id are newer';
const SOME_ID = '01932c07-6c4e-7000-8000-000000000000';

export class InboxItemDto extends NotificationDto implements InboxItem {
  @ApiProperty({ example: false })
  read!: boolean;

  @ApiProperty({ example: false })
  archived!: boolean;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    example: null,
    description: 'Instant at which it returns to the inbox, unread; null if it is not snoozed',
  })
  snoozedUntil!: string | null;

  @ApiPropertyOptional({ type: Boolean, enum: [true], description: 'You have confirmed it' })
  acknowledged?: true;

  @ApiPropertyOptional({ description: 'Label of the action that you have chosen' })
  acted?: string;

  @ApiPropertyOptional({ description: 'Event of that action' })
  actedEvent?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'When you chose it' })
  actedAt?: string;
}

export class InboxCountsDto implements InboxCounts {
  @ApiProperty({ example: 3, description: 'In the inbox and not read' })
  unread!: number;

  @ApiProperty({ example: 12, description: 'Neither archived nor snoozed' })
  inbox!: number;

  @ApiProperty({ example: 40 })
  archived!: number;

  @ApiProperty({ example: 1, description: 'Snoozed and not archived' })
  snoozed!: number;

  @ApiProperty({ example: 1, description: 'In the inbox, and not confirmed although that is required' })
  unconfirmed!: number;
}

export class InboxPageDto implements InboxPage {
  @ApiProperty({ type: [InboxItemDto] })
  items!: InboxItemDto[];

  @ApiNextCursor('before')
  nextCursor!: string | null;

  @ApiProperty({ type: InboxCountsDto, description: 'Counts of all your notifications, whatever the filter' })
  counts!: InboxCountsDto;

  @ApiProperty({ type: [String], example: ['marketing'], description: 'Categories whose notifications arrive as read' })
  muted!: string[];

  @ApiProperty({ format: 'uuid', example: SOME_ID, description: AS_OF })
  asOf!: string;
}

class SnoozedTogetherDto implements SnoozedTogether {
  @ApiProperty({ type: [String], example: [SOME_ID] })
  ids!: string[];

  @ApiProperty({ format: 'date-time', example: '2026-01-31T08:00:00.000Z' })
  snoozedUntil!: string;
}

export class InboxChangedDto implements InboxChanged {
  @ApiProperty({
    type: [String],
    example: [SOME_ID],
    description: 'The notifications that have changed. The reverse change of these undoes it',
  })
  ids!: string[];

  @ApiPropertyOptional({
    type: [SnoozedTogetherDto],
    description: 'For undo: those of `ids` that were snoozed until another instant, if the change has replaced that',
  })
  wereSnoozed?: SnoozedTogetherDto[];

  @ApiProperty({ type: InboxCountsDto })
  counts!: InboxCountsDto;

  @ApiProperty({ format: 'uuid', example: SOME_ID, description: AS_OF })
  asOf!: string;

  @ApiPropertyOptional({
    format: 'uuid',
    description: `More than ${CHANGE_MATCHES_MAX} match the filter: repeat the request with this as \`upTo\` for the older ones`,
  })
  nextUpTo?: string;
}
