import { NAME_MAX, type Recipients, RECIPIENTS_MAX } from '@herald/protocol';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { InNfc } from '../validation/in-nfc.js';
import { AtMost } from '../validation/sizes.js';
import { IsString } from '../validation/types.js';

export class RecipientsQuery {
  @ApiPropertyOptional({
    type: String,
    example: 'a',
    maxLength: NAME_MAX,
    description: 'Part of a name, case-insensitive',
  })
  @AtMost(NAME_MAX)
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
