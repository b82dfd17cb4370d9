import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { type Choice, NAMED_RECIPIENTS_MAX, type PersonalReceipt, type Receipts, type SentPage } from '../../../protocol/receipts.js';
import { NotificationDto } from '../notifications/notification-answers.js';

export class ChoiceDto implements Choice {
  @ApiProperty({ example: 'Approve' })
  label!: string;

  @ApiProperty({ example: 'approve' })
  event!: string;

  @ApiProperty({ example: 0 })
  count!: number;
}

export class PersonalReceiptDto implements PersonalReceipt {
  @ApiProperty({ example: 'ada' })
  username!: string;

  @ApiProperty({ example: true })
  delivered!: boolean;

  @ApiProperty({ example: true })
  read!: boolean;

  @ApiProperty({ type: String, nullable: true, example: null, description: 'Label of the action that they chose' })
  acted!: string | null;

  @ApiProperty({ type: String, nullable: true, example: null, description: 'Event of that action' })
  event!: string | null;

  @ApiProperty({ example: false })
  acknowledged!: boolean;
}

export class ReceiptsDto implements Receipts {
  @ApiProperty({ example: 2, description: 'Whom it reached by their channels when it was sent; where they are named, without accounts that were removed' })
  recipients!: number;

  @ApiProperty({ example: 1, description: 'Whose page or program has received it' })
  delivered!: number;

  @ApiProperty({ example: 1 })
  read!: number;

  @ApiProperty({ example: 0 })
  acted!: number;

  @ApiProperty({ example: 0 })
  acknowledged!: number;

  @ApiProperty({ type: [ChoiceDto], description: 'For each action that is an event: how many have chosen it' })
  choices!: ChoiceDto[];

  @ApiPropertyOptional({ type: [PersonalReceiptDto], description: `By name, where there are at most ${NAMED_RECIPIENTS_MAX}` })
  people?: PersonalReceiptDto[];
}

export class SentPageDto implements SentPage {
  @ApiProperty({ type: [NotificationDto] })
  items!: NotificationDto[];

  @ApiProperty({ type: String, nullable: true, example: null, description: 'Pass as `before` for the next page; null at the end' })
  nextCursor!: string | null;
}
