import {
  type Answer,
  type Answered,
  ANSWERS_KEPT_MAX,
  type Choice,
  NAMED_RECIPIENTS_MAX,
  type PersonalReceipt,
  type Receipts,
  type SentPage,
} from '@herald/protocol';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ApiNextCursor } from '../docs/api-next-cursor.js';
import { InboxItemDto } from '../inbox/inbox-answers.js';
import { NotificationDto } from '../notifications/notification-answers.js';

export class ChoiceDto implements Choice {
  @ApiProperty({ example: 'Approve' })
  label!: string;

  @ApiProperty({ example: 'approve' })
  event!: string;

  @ApiProperty({ example: 0 })
  count!: number;
}

export class AnswerDto implements Answer {
  @ApiProperty({ example: 'Approve' })
  label!: string;

  @ApiProperty({ example: 'approve' })
  event!: string;

  @ApiProperty({ format: 'date-time', example: '2026-01-31T08:00:00.000Z' })
  at!: string;
}

export class AnsweredDto extends InboxItemDto implements Answered {
  @ApiPropertyOptional({
    type: AnswerDto,
    description: 'Your earlier, different answer, which this one replaces. The sender sees both',
  })
  replacedAnswer?: AnswerDto;
}

export class PersonalReceiptDto implements PersonalReceipt {
  @ApiProperty({ example: 'ada' })
  username!: string;

  @ApiProperty({ example: true })
  delivered!: boolean;

  @ApiProperty({ example: true })
  read!: boolean;

  @ApiProperty({
    type: String,
    nullable: true,
    example: null,
    description: 'Label of the action that the person has chosen',
  })
  acted!: string | null;

  @ApiProperty({ type: String, nullable: true, example: null, description: 'Event of that action' })
  event!: string | null;

  @ApiProperty({ example: false })
  acknowledged!: boolean;

  @ApiPropertyOptional({
    type: [AnswerDto],
    description: `All answers of the person, the latest last; the latest counts. At most ${ANSWERS_KEPT_MAX} are kept`,
  })
  answers?: AnswerDto[];
}

export class ReceiptsDto implements Receipts {
  @ApiProperty({
    example: 2,
    description:
      'People in its channels when it was sent. People who join later do not count. If you are not an administrator and your audience names users together with a topic, all numbers count only these users',
  })
  recipients!: number;

  @ApiProperty({ example: 1, description: 'Recipients whose page or program has received or fetched it' })
  delivered!: number;

  @ApiProperty({ example: 1 })
  read!: number;

  @ApiProperty({ example: 0 })
  acted!: number;

  @ApiProperty({ example: 0 })
  acknowledged!: number;

  @ApiProperty({
    type: [ChoiceDto],
    description: 'For each action with an event, the number of recipients who have chosen it',
  })
  choices!: ChoiceDto[];

  @ApiPropertyOptional({
    type: [PersonalReceiptDto],
    description: `Recipients by name, if there are at most ${NAMED_RECIPIENTS_MAX}. Administrators see all of them, other senders only the users whom they named`,
  })
  people?: PersonalReceiptDto[];
}

export class SentPageDto implements SentPage {
  @ApiProperty({ type: [NotificationDto] })
  items!: NotificationDto[];

  @ApiNextCursor('before')
  nextCursor!: string | null;
}
