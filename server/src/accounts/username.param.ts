import { ApiProperty } from '@nestjs/swagger';
import { IsString } from 'class-validator';
import { InNfc } from '../validation/in-nfc.js';

/** Accepts any text: a malformed username is an unknown account. */
export class UsernameParam {
  @ApiProperty({ example: 'ada' })
  @IsString()
  @InNfc()
  username!: string;
}
