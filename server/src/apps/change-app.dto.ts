import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsAudience } from '../notifications/is-audience.js';
import { AppFieldsDto, AUDIENCE } from './app-fields.dto.js';

export class ChangeAppDto extends AppFieldsDto {
  @ApiPropertyOptional({ type: [String], ...AUDIENCE })
  @IsAudience()
  audience?: string[];
}
