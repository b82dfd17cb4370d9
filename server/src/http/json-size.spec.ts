import { faultOfJsonSize } from './json-size.js';

const reasonOf = (json: string, itemsMax?: number): string | undefined => {
  const fault = faultOfJsonSize(Buffer.from(json), itemsMax);
  return fault && `${fault.field}: ${fault.reason}`;
};

describe('faultOfJsonSize', () => {
  test.each(['', 'null', '"text"', '{}', '[]', '{"a":[1,2,{"b":"c"}]}', '{"title":', ']]]]'])('accepts %s', (json) => {
    expect(reasonOf(json)).toBeUndefined();
    expect(reasonOf(json, 3)).toBeUndefined();
  });

  test.each([
    ['objects in an array', (count: number) => `{"actions":[${Array(count).fill('{}').join()}]}`],
    ['arrays in an array', (count: number) => `{"title":[${Array(count).fill('[]').join()}]}`],
    ['texts in an array', (count: number) => `{"audience":[${Array(count).fill('"x"').join()}]}`],
    [
      'fields of an object',
      (count: number) => JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, n) => [`f${n}`, 1]))),
    ],
  ])('limits the number of %s', (_, make) => {
    expect(reasonOf(make(400))).toBeUndefined();
    expect(reasonOf(make(1001))).toBe('body: body has more than 1000 values');
  });

  test('limits the depth', () => {
    expect(reasonOf('['.repeat(32))).toBeUndefined();
    expect(reasonOf('['.repeat(33))).toBe('body: body is nested more than 32 levels deep');
    expect(reasonOf('[{}]'.repeat(100))).toBeUndefined();
  });

  test('ignores brackets and commas inside strings', () => {
    expect(reasonOf(JSON.stringify({ message: '[{,"\\'.repeat(2000) }))).toBeUndefined();
    expect(reasonOf(String.raw`"\\",[`.repeat(1001))).toBe('body: body is nested more than 32 levels deep');
  });

  test('limits each item of an array, and the number of items', () => {
    const item = (values: number): string => `{"actions":[${Array(values).fill('1').join()}]}`;
    expect(reasonOf(`[${Array(1000).fill(item(60)).join()}]`, 1000)).toBeUndefined();
    expect(reasonOf(` [${[item(1), item(60), item(70)].join()}]`, 1000)).toBe('[2]: [2] has more than 64 values');
    expect(reasonOf(`[${Array(1001).fill('{}').join()}]`, 1000)).toBe('body: body must have at most 1000 items');
    expect(reasonOf(item(500), 1000)).toBeUndefined();
  });
});
