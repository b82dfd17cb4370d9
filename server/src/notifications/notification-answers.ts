import type { Notification } from '@herald/protocol';
import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { SendNotificationDto } from './send-notification.dto.js';

export class NotificationDto extends OmitType(SendNotificationDto, ['audience', 'deliverAt']) implements Notification {
  @ApiProperty({
    format: 'uuid',
    description: 'UUID of version 7: a later notification has a larger id',
    example: '01932c07-6c4e-7000-8000-000000000000',
  })
  id!: string;

  @ApiProperty({ example: ['everyone'], description: 'The channels that it was sent to' })
  audience!: string[];

  @ApiProperty({ example: 'admin', description: 'Name of the user or app that sent it' })
  sender!: string;

  @ApiPropertyOptional({
    example: 'ada',
    description: 'Username of the owner, if an app sent it whose owner is no administrator',
  })
  owner?: string;

  @ApiPropertyOptional({
    format: 'uuid',
    description: 'Id of the earlier notification with the same key, which it replaces',
  })
  replaces?: string;

  @ApiProperty({ format: 'date-time', example: '2026-01-31T08:00:00.000Z' })
  createdAt!: string;
}
