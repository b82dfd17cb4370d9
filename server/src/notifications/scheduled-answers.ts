import type { ScheduledNotification, ScheduledPage } from '@herald/protocol';
import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { ApiNextCursor } from '../docs/api-next-cursor.js';
import { FieldErrorDto } from '../docs/error-answer.dto.js';
import { SendNotificationDto } from './send-notification.dto.js';

export class ScheduledNotificationDto
  extends OmitType(SendNotificationDto, ['deliverAt'])
  implements ScheduledNotification
{
  @ApiProperty({
    format: 'uuid',
    description: 'Id of the scheduled notification. When it is sent, it gets another',
    example: '01932c07-6c4e-7000-8000-000000000000',
  })
  id!: string;

  @ApiProperty({ example: 'admin' })
  sender!: string;

  @ApiProperty({ format: 'date-time', description: 'When it was scheduled' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  deliverAt!: string;

  @ApiPropertyOptional({
    description: 'Reason why it could not be sent when it was due; it stays in the list until it is cancelled',
  })
  problem?: string;

  @ApiPropertyOptional({ type: FieldErrorDto, description: 'The same reason with its code' })
  fault?: FieldErrorDto;
}

export class ScheduledPageDto implements ScheduledPage {
  @ApiProperty({ type: [ScheduledNotificationDto] })
  items!: ScheduledNotificationDto[];

  @ApiNextCursor('after')
  nextCursor!: string | null;
}
