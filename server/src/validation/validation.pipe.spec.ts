import type { FieldError } from '@herald/protocol';
import { Type } from 'class-transformer';
import { IsOptional, ValidateNested } from 'class-validator';
import { Refusal } from '../http/refusal/refusal.js';
import { AtMost } from './sizes.js';
import { IsInt, IsString } from './types.js';
import { createValidationPipe } from './validation.pipe.js';

class Inner {
  @IsInt()
  count!: number;
}

class Dto {
  @AtMost(3)
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
    expect(await detailsOf({ name: 5 })).toEqual([
      { field: 'name', code: 'not_a_string', reason: 'name must be a string' },
    ]);
  });

  test('names the values in a reason', async () => {
    expect(await detailsOf({ name: 'grace' })).toEqual([
      { field: 'name', code: 'too_long', reason: 'name must have at most 3 characters', params: { max: 3 } },
    ]);
  });

  test('reports only the first reason for a field: a missing field is missing, not too short', async () => {
    expect(await detailsOf({ count: 'x' })).toEqual([
      { field: 'name', code: 'required', reason: 'name is required' },
      { field: 'count', code: 'not_an_integer', reason: 'count must be a whole number' },
    ]);
  });

  test('refuses unknown fields', async () => {
    expect(await detailsOf({ name: 'ada', nmae: 'x' })).toEqual([
      { field: 'nmae', code: 'unknown_field', reason: 'nmae is not a known field' },
    ]);
  });

  test('refuses names that every object inherits', async () => {
    expect(await detailsOf(JSON.parse('{"name":"ada","inner":{"__proto__":1}}'))).toEqual([
      {
        field: 'inner.__proto__',
        code: 'reserved_name',
        reason: '__proto__ is a name that no field can have',
        params: { name: '__proto__' },
      },
    ]);
  });

  test('names a field inside another by its path', async () => {
    expect(await detailsOf({ name: 'ada', inner: { count: 'x', more: 1 } })).toEqual([
      { field: 'inner.more', code: 'unknown_field', reason: 'more is not a known field' },
      { field: 'inner.count', code: 'not_an_integer', reason: 'count must be a whole number' },
    ]);
    expect(await detailsOf({ name: 'ada', inner: [{ count: 1 }, {}] })).toEqual([
      { field: 'inner.1.count', code: 'required', reason: 'count is required' },
    ]);
    expect(await detailsOf({ name: 'ada', inner: [5] })).toEqual([
      { field: 'inner.0', code: 'not_an_object', reason: '0 must be an object' },
    ]);
  });
});
