import {
  type ErrorAnswer,
  type ErrorParams,
  FIELD_CODES,
  type FieldCode,
  type FieldError,
  REFUSAL_CODES,
  type RefusalCode,
} from '@herald/protocol';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

const PARAMS = {
  type: 'object' as const,
  additionalProperties: { oneOf: [{ type: 'string' }, { type: 'number' }] },
};

/** Describes stable codes without an enum, since more may be added. */
const codes = (all: object): string => `For programs. More may be added to these: ${Object.keys(all).join(', ')}`;

export class FieldErrorDto implements FieldError {
  @ApiProperty({ example: 'title' })
  field!: string;

  @ApiProperty({ type: String, example: 'too_long', description: codes(FIELD_CODES) })
  code!: FieldCode;

  @ApiProperty({
    example: 'title must have at most 200 characters',
    description: 'For a person; the words may change',
  })
  reason!: string;

  @ApiPropertyOptional({ ...PARAMS, example: { max: 200 }, description: 'Values in the reason, by name' })
  params?: ErrorParams;
}

export class ErrorAnswerDto implements ErrorAnswer {
  @ApiProperty({ example: 400 })
  statusCode!: number;

  @ApiProperty({ example: 'Bad Request' })
  error!: string;

  @ApiProperty({
    type: String,
    example: 'invalid_request',
    description: codes(REFUSAL_CODES),
  })
  code!: RefusalCode;

  @ApiProperty({ example: 'The request is not valid', description: 'One sentence for a person; the words may change' })
  message!: string;

  @ApiPropertyOptional({ ...PARAMS, example: { seconds: 5 }, description: 'Values in the message, by name' })
  params?: ErrorParams;

  @ApiPropertyOptional({ type: [FieldErrorDto], description: 'The fields at fault, where there are any' })
  details?: FieldErrorDto[];
}
