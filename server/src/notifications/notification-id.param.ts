import { ApiProperty } from '@nestjs/swagger';
import { IsId } from '../validation/is-id.js';

export class NotificationIdParam {
  @ApiProperty({ format: 'uuid', example: '01932c07-6c4e-7000-8000-000000000000' })
  @IsId()
  id!: string;
}
