import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  type ErrorAnswer,
  type FieldError,
  REFUSAL_CODES,
  type RefusalCode,
  type RefusalParams,
} from '../../../protocol/http.js';

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

  @ApiProperty({
    type: String,
    example: 'invalid_request',
    description: `Stable reason, for programs. More may be added to these: ${REFUSAL_CODES.join(', ')}`,
  })
  code!: RefusalCode;

  @ApiProperty({ example: 'The request is not valid', description: 'One sentence for a person; its words may change' })
  message!: string;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { oneOf: [{ type: 'string' }, { type: 'number' }] },
    example: { seconds: 5 },
    description: 'Values in the message, by name',
  })
  params?: RefusalParams;

  @ApiPropertyOptional({ type: [FieldErrorDto], description: 'The fields at fault, where there are any' })
  details?: FieldErrorDto[];
}
