import { NAME_MAX } from '@herald/protocol';
import { ApiProperty } from '@nestjs/swagger';
import { IsName } from '../validation/is-name.js';

export class TopicParam {
  // Without the pattern: Swagger UI tests it without the `u` flag, and would refuse every name.
  @ApiProperty({
    example: 'deploys',
    maxLength: NAME_MAX,
    description: 'Letters and digits of any script, and `. _ @ + -`',
  })
  @IsName()
  topic!: string;
}
