import { ApiProperty } from '@nestjs/swagger';
import { InNfc } from '../validation/in-nfc.js';
import { IsString } from '../validation/types.js';

/** Accepts any text: a malformed username is an unknown account. */
export class UsernameParam {
  @ApiProperty({ example: 'ada' })
  @IsString()
  @InNfc()
  username!: string;
}
