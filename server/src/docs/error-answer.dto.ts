import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { ErrorAnswer, FieldError } from '../../../protocol/http.js';

export class FieldErrorDto implements FieldError {
  @ApiProperty({ example: 'title' })
  field!: string;

  @ApiProperty({ example: 'title must be shorter than or equal to 200 characters' })
  reason!: string;
}

export class ErrorAnswerDto implements ErrorAnswer {
  @ApiProperty({ example: 400 })
  statusCode!: number;

  @ApiProperty({ example: 'Bad Request' })
  error!: string;

  @ApiProperty({ example: 'The request is not valid' })
  message!: string;

  @ApiPropertyOptional({ type: [FieldErrorDto], description: 'The fields at fault, where there are any' })
  details?: FieldErrorDto[];
}
