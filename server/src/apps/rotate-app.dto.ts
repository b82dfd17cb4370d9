import { REPLACED_KEYS, type ReplacedKey } from '@herald/protocol';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IfGiven } from '../validation/if-given.js';
import { IsIn } from '../validation/types.js';

export class RotateAppDto {
  @ApiPropertyOptional({
    enum: REPLACED_KEYS,
    example: 'current',
    description:
      'The key that ends now if the previous one is still valid. `current`: the current key was lost before any program had it, and the previous one stays valid. `previous`: all programs have the current key, which then stays valid for a day',
  })
  @IsIn(REPLACED_KEYS)
  @IfGiven()
  replaces?: ReplacedKey;
}
