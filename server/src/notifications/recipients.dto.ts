import { type Recipients, RECIPIENTS_MAX, TOPIC_MAX } from '@herald/protocol';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { InNfc } from '../validation/in-nfc.js';
import { AtMost } from '../validation/sizes.js';
import { IsString } from '../validation/types.js';

export class RecipientsQuery {
  @ApiPropertyOptional({
    type: String,
    example: 'a',
    maxLength: TOPIC_MAX,
    description: 'Part of a name, case-insensitive',
  })
  @AtMost(TOPIC_MAX)
  @IsString()
  @InNfc()
  q = '';
}

export class RecipientsDto implements Recipients {
  @ApiProperty({ example: true, description: 'Whether you may send to everyone' })
  everyone!: boolean;

  @ApiProperty({
    example: ['ada', 'admin'],
    maxItems: RECIPIENTS_MAX,
    description: 'Empty unless you are an administrator',
  })
  users!: string[];

  @ApiProperty({ example: ['admin'], maxItems: RECIPIENTS_MAX })
  roles!: string[];

  @ApiProperty({ example: ['deploys'], maxItems: RECIPIENTS_MAX })
  topics!: string[];
}
