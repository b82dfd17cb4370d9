import { NAME_MAX } from '@herald/protocol';
import { ApiProperty } from '@nestjs/swagger';
import { IsChannels } from '../notifications/is-audience.js';
import { IsName } from '../validation/is-name.js';
import { AppFieldsDto, AUDIENCE } from './app-fields.dto.js';

export class CreateAppDto extends AppFieldsDto {
  @ApiProperty({
    example: 'build-server',
    maxLength: NAME_MAX,
    description:
      'The sender of what it sends. Letters and digits of any script; also `. _ @ + -`, but not as the first character',
  })
  @IsName()
  name!: string;

  @ApiProperty({ type: [String], ...AUDIENCE })
  @IsChannels()
  audience!: string[];
}
