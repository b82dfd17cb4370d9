import { Refusal } from '../http/refusal/refusal.js';
import { OneOrManyPipe } from './one-or-many.pipe.js';
import { IsInt, IsString } from './types.js';

class Dto {
  @IsString()
  name!: string;

  @IsInt()
  count = 1;
}

const check = (body: unknown): Promise<unknown> => new OneOrManyPipe(Dto, 3).transform(body, { type: 'body' });

async function refusalOf(body: unknown): Promise<string[]> {
  const error: unknown = await check(body).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: 'invalid_request' });
  return (error as Refusal).details.map(({ field, reason }) => `${field}: ${reason}`);
}

describe('OneOrManyPipe', () => {
  test('turns one item into a DTO, and an array into DTOs in the same order', async () => {
    expect(await check({ name: 'a' })).toEqual(Object.assign(new Dto(), { name: 'a' }));
    const many = (await check([{ name: 'a' }, { name: 'b', count: 2 }])) as Dto[];
    expect(many.map((dto) => [dto instanceof Dto, dto.name, dto.count])).toEqual([
      [true, 'a', 1],
      [true, 'b', 2],
    ]);
  });

  test('names a fault by its field, and in an array by its index too', async () => {
    expect(await refusalOf({ count: 'x' })).toEqual(['name: name is required', 'count: count must be a whole number']);
    expect(await refusalOf([{ name: 'a' }, { name: 5 }, { nmae: 'c' }])).toEqual([
      '[1].name: name must be a string',
      '[2].nmae: nmae is not a known field',
      '[2].name: name is required',
    ]);
  });

  test.each([
    [0, { code: 'too_few', reason: 'body must have at least 1 item', params: { min: 1 } }],
    [4, { code: 'too_many', reason: 'body must have at most 3 items', params: { max: 3 } }],
  ])('refuses an array of %i', async (count, fault) => {
    await expect(check(Array(count).fill({ name: 'a' }))).rejects.toMatchObject({
      details: [{ field: 'body', ...fault }],
    });
  });

  test.each([null, 5, 'text', [[{ name: 'a' }]]])('refuses %j as an item', async (item) => {
    expect(await refusalOf([item])).toContain('[0].name: name is required');
  });

  test('reports at most a hundred reasons', async () => {
    const pipe = new OneOrManyPipe(Dto, 1000);
    const error = await pipe.transform(Array(1000).fill({}), { type: 'body' }).catch((reason: unknown) => reason);
    expect((error as Refusal).details).toHaveLength(100);
  });
});
