import { ApiProperty } from '@nestjs/swagger';
import { NAME_MAX, NAME_PATTERN } from '../../../protocol/channels.js';
import { IsName } from './account-fields.js';

export class TopicParam {
  @ApiProperty({ example: 'deploys', maxLength: NAME_MAX, pattern: NAME_PATTERN.source })
  @IsName()
  topic!: string;
}
