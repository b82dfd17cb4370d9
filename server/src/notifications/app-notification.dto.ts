import { MESSAGE_MAX } from '@herald/protocol';
import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { NotificationOptionsDto } from './notification-options.dto.js';

const WORDS = ['min', 'low', 'default', 'medium', 'high', 'urgent', 'max', '1', '2', '3', '4', '5'];
const LIST = { oneOf: [{ type: 'array', items: { type: 'string' } }, { type: 'string' }] };
const SWITCH = {
  oneOf: [{ type: 'boolean' }, { type: 'string', enum: ['true', 'false', 'yes', 'no', 'on', 'off', '1', '0'] }],
};

/** Documents the body of a request with the key of an app. `lenientDrafts` makes a `SendNotificationDto` of it. */
export class AppNotificationDto extends OmitType(NotificationOptionsDto, ['tags', 'markdown', 'requiresAck']) {
  @ApiProperty({ example: 'Backup done', maxLength: MESSAGE_MAX })
  message!: string;

  @ApiPropertyOptional({ example: 'Backup', description: "Default: the app's name" })
  title?: string;

  @ApiPropertyOptional({
    oneOf: [
      { type: 'integer', minimum: 1, maximum: 5 },
      { type: 'string', enum: WORDS },
    ],
    example: 4,
    description: "Default: the app's, or medium",
  })
  priority?: number | string;

  @ApiPropertyOptional({
    enum: ['info', 'success', 'warning', 'failure'],
    example: 'failure',
    description: 'Type of Apprise, which stands for a priority if there is none',
  })
  type?: string;

  @ApiPropertyOptional({ example: 'backup', description: "Default: the app's, or general" })
  category?: string;

  @ApiPropertyOptional({
    ...LIST,
    example: 'user:admin',
    description: "A part of the app's audience. Default: all of it",
  })
  audience?: string[] | string;

  @ApiPropertyOptional({
    ...LIST,
    example: 'disk,ok',
    description: "A text has commas between tags. Default: the app's",
  })
  tags?: string[] | string;

  @ApiPropertyOptional({ ...SWITCH, example: true, description: "Default: the app's" })
  markdown?: boolean | string;

  @ApiPropertyOptional({ ...SWITCH, example: 'no' })
  requiresAck?: boolean | string;
}
