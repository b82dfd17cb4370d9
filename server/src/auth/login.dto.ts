import { ApiProperty } from '@nestjs/swagger';
import { InNfc } from '../validation/in-nfc.js';
import { AtMost, IsNotEmpty } from '../validation/sizes.js';
import { IsString } from '../validation/types.js';

export class LoginDto {
  @ApiProperty({ example: 'admin', maxLength: 100 })
  @AtMost(100)
  @IsNotEmpty()
  @IsString()
  @InNfc()
  username!: string;

  /** Bounded, so that hashing long passwords can't keep the server busy. */
  @ApiProperty({ example: 'password', format: 'password', maxLength: 200 })
  @AtMost(200)
  @IsNotEmpty()
  @IsString()
  password!: string;
}
