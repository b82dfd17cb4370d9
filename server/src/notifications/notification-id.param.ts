import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsId } from '../validation/is-id.js';

export class NotificationIdParam {
  @ApiProperty({ format: 'uuid', example: '01932c07-6c4e-7000-8000-000000000000' })
  @IsId()
  // Ids are compared as text, but UUIDs may be written in either case (RFC 9562, section 4).
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.toLowerCase() : value))
  id!: string;
}
