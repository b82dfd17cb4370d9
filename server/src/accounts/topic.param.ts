import { TOPIC_MAX } from '@herald/protocol';
import { ApiProperty } from '@nestjs/swagger';
import { InNfc } from '../validation/in-nfc.js';
import { HasTopicForm } from '../validation/is-name.js';
import { AtMost } from '../validation/sizes.js';
import { IsString } from '../validation/types.js';

export class TopicParam {
  // Without the pattern: Swagger UI tests it without the `u` flag, and would refuse every name.
  @ApiProperty({
    example: 'deploys',
    maxLength: TOPIC_MAX,
    description: 'Letters and digits of any script, and `. _ @ + -`',
  })
  @AtMost(TOPIC_MAX)
  @HasTopicForm()
  @IsString()
  @InNfc()
  topic!: string;
}
