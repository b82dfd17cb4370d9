import { ROLES_MAX, TOPICS_MAX } from '@herald/protocol';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IfGiven } from '../validation/if-given.js';
import { IsNewPassword, IsRoles, IsTopics } from './account-fields.js';

export class ChangeUserDto {
  @ApiPropertyOptional({ example: ['ops', 'oncall'], maxItems: ROLES_MAX, description: 'The roles from now on' })
  @IfGiven()
  @IsRoles()
  roles?: string[];

  @ApiPropertyOptional({
    example: ['deploys'],
    maxItems: TOPICS_MAX,
    description: 'The topics that the user follows from now on',
  })
  @IfGiven()
  @IsTopics()
  topics?: string[];

  @ApiPropertyOptional({ example: 'another correct horse', format: 'password', minLength: 8, maxLength: 200 })
  @IfGiven()
  @IsNewPassword()
  password?: string;
}
