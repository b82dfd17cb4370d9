import { APP_SCOPES, type AppScope, NAME_MAX } from '@herald/protocol';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ValidateIf } from 'class-validator';
import { IsChannels } from '../notifications/is-audience.js';
import { IfGiven } from '../validation/if-given.js';
import { IsName } from '../validation/is-name.js';
import { Must } from '../validation/rule.js';
import { IsIn } from '../validation/types.js';
import { AppFieldsDto, AUDIENCE } from './app-fields.dto.js';

function IsNotForReading(): PropertyDecorator {
  return Must({
    code: 'excluded',
    holds: (_, app) => (app as CreateAppDto).scope !== 'read',
    reason: '$property must not be given together with the scope read',
    params: { other: 'scope' },
  });
}

export class CreateAppDto extends AppFieldsDto {
  @ApiProperty({
    example: 'build-server',
    maxLength: NAME_MAX,
    description:
      'The sender of what it sends. Letters and digits of any script; also `. _ @ + -`, but not as the first character',
  })
  @IsName()
  name!: string;

  @ApiPropertyOptional({
    enum: APP_SCOPES,
    example: 'send',
    description:
      'With `read`, the key reads your own notifications: the inbox, the event stream and the WebSocket. Default: `send`',
  })
  @IsIn(APP_SCOPES)
  @IfGiven()
  scope?: AppScope;

  @ApiPropertyOptional({
    type: [String],
    ...AUDIENCE,
    description: `${AUDIENCE.description}. Not for an app that reads`,
  })
  @IsChannels()
  @IsNotForReading()
  @ValidateIf(({ scope, audience }: CreateAppDto) => scope !== 'read' || audience !== undefined)
  audience?: string[];
}
