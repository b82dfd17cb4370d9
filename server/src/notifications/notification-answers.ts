import type { Notification } from '@herald/protocol';
import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { SendNotificationDto } from './send-notification.dto.js';

export class NotificationDto extends OmitType(SendNotificationDto, ['audience', 'deliverAt']) implements Notification {
  @ApiProperty({
    format: 'uuid',
    description: 'UUID version 7: ascends with time',
    example: '01932c07-6c4e-7000-8000-000000000000',
  })
  id!: string;

  @ApiProperty({ example: ['everyone'], description: 'The channels it went to' })
  audience!: string[];

  @ApiProperty({ example: 'admin', description: 'Who sent it' })
  sender!: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'The one whose place it takes, by its key' })
  replaces?: string;

  @ApiProperty({ format: 'date-time', example: '2026-01-31T08:00:00.000Z' })
  createdAt!: string;
}
