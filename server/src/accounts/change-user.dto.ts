import { ApiPropertyOptional } from '@nestjs/swagger';
import { ValidateIf } from 'class-validator';
import { ROLES_MAX } from '../../../protocol/channels.js';
import { IsNewPassword, IsRoles } from './account-fields.js';

/** Absent may be; null is as wrong as any other. */
const IfGiven = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);

export class ChangeUserDto {
  @ApiPropertyOptional({ example: ['ops', 'oncall'], maxItems: ROLES_MAX, description: 'Replaces all roles' })
  @IfGiven()
  @IsRoles()
  roles?: string[];

  @ApiPropertyOptional({ example: 'another correct horse', format: 'password', minLength: 8, maxLength: 200 })
  @IfGiven()
  @IsNewPassword()
  password?: string;
}
