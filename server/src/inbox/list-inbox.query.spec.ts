import { createValidationPipe } from '../validation/validation.pipe.js';
import { ListInboxQuery } from './list-inbox.query.js';

const pipe = createValidationPipe();
const parse = (query: object): Promise<unknown> => pipe.transform(query, { type: 'query', metatype: ListInboxQuery });

describe('ListInboxQuery', () => {
  test('defaults to the newest 50 of the inbox', async () => {
    expect(await parse({})).toEqual({ view: 'inbox', limit: 50 });
  });

  test.each([
    ['1', 1],
    ['200', 200],
  ])('accepts the limit %s', async (limit, items) => {
    expect(await parse({ limit })).toEqual({ view: 'inbox', limit: items });
  });

  test.each(['0', '-1', '201', '1.5', 'all', '', ['1', '2']])('refuses the limit %j', async (limit) => {
    await expect(parse({ limit })).rejects.toMatchObject({ details: [{ field: 'limit' }] });
  });

  test('accepts a cursor in upper case (RFC 9562, section 4)', async () => {
    const query = { before: '01932C07-6C4E-7000-8000-00000000ABCD' };
    expect(await parse(query)).toEqual({ view: 'inbox', limit: 50, before: '01932c07-6c4e-7000-8000-00000000abcd' });
  });

  test('treats an empty cursor as absent, since Swagger UI sends one', async () => {
    expect(await parse({ before: '' })).toEqual({ view: 'inbox', limit: 50 });
  });

  test.each(['x', '01932c07', 'c56a4180-65aa-42ec-a945-5fd21dec0538', ['a', 'b']])(
    'refuses the cursor %j',
    async (before) => {
      await expect(parse({ before })).rejects.toMatchObject({ details: [{ field: 'before' }] });
    },
  );

  test('refuses unknown fields', async () => {
    await expect(parse({ offset: '10' })).rejects.toMatchObject({ details: [{ field: 'offset' }] });
  });

  test('parses filters from text', async () => {
    const query = {
      view: 'all',
      unread: 'true',
      priority: 'high,low',
      category: 'deploy',
      topic: 'builds',
      from: '2026-01-31',
      to: '2026-01-31T10:00:00+01:00',
      q: 'Disk full',
    };
    expect(await parse(query)).toEqual({
      ...query,
      limit: 50,
      unread: true,
      priority: ['high', 'low'],
      from: '2026-01-31T00:00:00.000Z',
      to: '2026-01-31T09:00:00.000Z',
    });
  });

  test('normalises the search text to NFC', async () => {
    expect(await parse({ q: 'anïs'.normalize('NFD') })).toEqual({
      view: 'inbox',
      limit: 50,
      q: 'anïs'.normalize('NFC'),
    });
  });

  test('treats empty filters as absent, since Swagger UI sends them', async () => {
    const empty = { unread: '', priority: '', category: '', topic: '', sender: '', from: '', to: '', q: '' };
    expect(await parse(empty)).toEqual({ view: 'inbox', limit: 50 });
  });

  test.each([
    ['view', 'trash'],
    ['unread', 'maybe'],
    ['priority', 'urgent'],
    ['priority', 'high,'],
    ['category', 'c'.repeat(51)],
    ['topic', 'no topic'],
    ['sender', 's'.repeat(51)],
    ['from', 'yesterday'],
    ['from', '2026-02-30T25:00:00Z'],
    ['to', '2026-01-31T08:00:00'],
    ['q', 'q'.repeat(201)],
    ['q', ['a', 'b']],
    ['priority', ['high', 'high', 'low', 'medium']],
  ])('refuses to filter by %s %j', async (field, value) => {
    await expect(parse({ [field]: value })).rejects.toMatchObject({ details: [{ field }] });
  });
});
