import { NAME_MAX, ROLES_MAX, TOPICS_MAX } from '@herald/protocol';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IfGiven } from '../validation/if-given.js';
import { IsName } from '../validation/is-name.js';
import { IsNewPassword, IsRoles, IsTopics } from './account-fields.js';

export class CreateUserDto {
  @ApiProperty({
    example: 'ada',
    maxLength: NAME_MAX,
    description: 'Letters and digits of any script; also `. _ @ + -`, but not as the first character',
  })
  @IsName()
  username!: string;

  @ApiProperty({ example: 'correct horse', format: 'password', minLength: 8, maxLength: 200 })
  @IsNewPassword()
  password!: string;

  @ApiProperty({
    example: ['ops'],
    maxItems: ROLES_MAX,
    description: 'The user receives what is sent to `role:…` of these. `admin` makes an administrator',
  })
  @IsRoles()
  roles!: string[];

  @ApiPropertyOptional({
    example: ['deploys'],
    maxItems: TOPICS_MAX,
    description: 'The topics that the user follows from the start',
  })
  @IfGiven()
  @IsTopics()
  topics?: string[];
}
