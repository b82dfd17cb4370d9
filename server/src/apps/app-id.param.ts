import { ApiProperty } from '@nestjs/swagger';
import { IsString } from '../validation/types.js';

/** Accepts any text: a malformed id is an unknown app. */
export class AppIdParam {
  @ApiProperty({ type: 'integer', example: 1 })
  @IsString()
  id!: string;
}
