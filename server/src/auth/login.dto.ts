import { ApiProperty } from '@nestjs/swagger';
import { InNfc } from '../validation/in-nfc.js';
import { AtMost, IsNotEmpty } from '../validation/sizes.js';
import { IsString } from '../validation/types.js';

/** UTF-16 code units of a username and of a password at sign-in. */
export const USERNAME_MAX = 100;
export const PASSWORD_MAX = 200;

export class LoginDto {
  @ApiProperty({ example: 'admin', maxLength: USERNAME_MAX })
  @AtMost(USERNAME_MAX)
  @IsNotEmpty()
  @IsString()
  @InNfc()
  username!: string;

  /** Bounded, so that hashing long passwords can't keep the server busy. */
  @ApiProperty({ example: 'password', format: 'password', maxLength: PASSWORD_MAX })
  @AtMost(PASSWORD_MAX)
  @IsNotEmpty()
  @IsString()
  password!: string;
}
