import { ApiProperty } from '@nestjs/swagger';

/** Documents the cursor of a page. @param parameter of the query for the next page */
export function ApiNextCursor(parameter: 'after' | 'before'): PropertyDecorator {
  return ApiProperty({
    type: String,
    nullable: true,
    example: null,
    description: `Pass as \`${parameter}\` for the next page; null at the end`,
  });
}
