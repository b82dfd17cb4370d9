import { ApiProperty } from '@nestjs/swagger';
import { IsNotEmpty, IsString, MaxLength } from 'class-validator';
import { InNfc } from '../validation/in-nfc.js';

export class LoginDto {
  @ApiProperty({ example: 'admin', maxLength: 100 })
  @MaxLength(100)
  @IsNotEmpty()
  @IsString()
  @InNfc()
  username!: string;

  /** Bounded, so that hashing long passwords can't keep the server busy. */
  @ApiProperty({ example: 'password', format: 'password', maxLength: 200 })
  @MaxLength(200)
  @IsNotEmpty()
  @IsString()
  password!: string;
}
