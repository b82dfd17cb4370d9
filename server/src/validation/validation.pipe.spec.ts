import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, MaxLength, ValidateNested } from 'class-validator';
import type { FieldError } from '../../../protocol/http.js';
import { Refusal } from '../http/refusal/refusal.js';
import { createValidationPipe } from './validation.pipe.js';

class Inner {
  @IsInt()
  count!: number;
}

class Dto {
  @MaxLength(3)
  @IsString()
  name!: string;

  @IsInt()
  @Type(() => Number)
  count = 1;

  @IsOptional()
  @ValidateNested()
  @Type(() => Inner)
  inner?: Inner | Inner[];
}

const parse = (body: unknown): Promise<unknown> =>
  createValidationPipe().transform(body, { type: 'body', metatype: Dto });

async function detailsOf(body: unknown): Promise<FieldError[]> {
  const error: unknown = await parse(body).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: 'invalid_request' });
  return (error as Refusal).details;
}

describe('the validation pipe', () => {
  test('turns a valid body into a DTO with its defaults', async () => {
    const dto = await parse({ name: 'ada' });
    expect(dto).toBeInstanceOf(Dto);
    expect(dto).toEqual({ name: 'ada', count: 1 });
  });

  test('converts a type only where the DTO declares it', async () => {
    expect(await parse({ name: 'ada', count: '2' })).toEqual({ name: 'ada', count: 2 });
    expect(await detailsOf({ name: 5 })).toEqual([{ field: 'name', reason: 'name must be a string' }]);
  });

  test('reports only the first reason for a field: a missing field is missing, not too short', async () => {
    expect(await detailsOf({ count: 'x' })).toEqual([
      { field: 'name', reason: 'name is required' },
      { field: 'count', reason: 'count must be an integer number' },
    ]);
  });

  test('refuses unknown fields', async () => {
    expect(await detailsOf({ name: 'ada', nmae: 'x' })).toEqual([
      { field: 'nmae', reason: 'nmae is not a known field' },
    ]);
  });

  test('names a field inside another by its path', async () => {
    expect(await detailsOf({ name: 'ada', inner: { count: 'x', more: 1 } })).toEqual([
      { field: 'inner.more', reason: 'more is not a known field' },
      { field: 'inner.count', reason: 'count must be an integer number' },
    ]);
    expect(await detailsOf({ name: 'ada', inner: [{ count: 1 }, {}] })).toEqual([
      { field: 'inner.1.count', reason: 'count is required' },
    ]);
  });
});
