import { ApiProperty } from '@nestjs/swagger';
import { IsString } from 'class-validator';
import { InNfc } from '../validation/in-nfc.js';

/** Of an account that is there, or isn't: whatever the name. */
export class UsernameParam {
  @ApiProperty({ example: 'ada' })
  @IsString()
  @InNfc()
  username!: string;
}
