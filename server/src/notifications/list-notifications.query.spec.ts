import { createValidationPipe } from '../http/validation.pipe.js';
import { ListNotificationsQuery } from './list-notifications.query.js';

const pipe = createValidationPipe();
const parse = (query: object): Promise<unknown> =>
  pipe.transform(query, { type: 'query', metatype: ListNotificationsQuery });

describe('the query of a page', () => {
  test('asks for 50 of the newest when it says nothing', async () => {
    expect(await parse({})).toEqual({ limit: 50 });
  });

  test.each([
    ['1', 1],
    ['200', 200],
  ])('may ask for %s', async (limit, items) => {
    expect(await parse({ limit })).toEqual({ limit: items });
  });

  test.each(['0', '-1', '201', '1.5', 'all', '', ['1', '2']])('may not ask for %j', async (limit) => {
    await expect(parse({ limit })).rejects.toMatchObject({ details: [{ field: 'limit' }] });
  });

  test('takes the cursor in upper case too, since a UUID is the same either way (RFC 9562, section 4)', async () => {
    const query = { before: '01932C07-6C4E-7000-8000-00000000ABCD' };
    expect(await parse(query)).toEqual({ limit: 50, before: '01932c07-6c4e-7000-8000-00000000abcd' });
  });

  test('takes an empty cursor for none, as Swagger UI sends it', async () => {
    expect(await parse({ before: '' })).toEqual({ limit: 50 });
  });

  test.each(['x', '01932c07', 'c56a4180-65aa-42ec-a945-5fd21dec0538', ['a', 'b']])(
    'may not ask for what is older than %j',
    async (before) => {
      await expect(parse({ before })).rejects.toMatchObject({ details: [{ field: 'before' }] });
    },
  );

  test('may not ask for what nobody reads', async () => {
    await expect(parse({ offset: '10' })).rejects.toMatchObject({ details: [{ field: 'offset' }] });
  });
});
