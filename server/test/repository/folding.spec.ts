import { folded, wordsOf } from '@herald/protocol';

test.each([
  ['istanbul', 'İSTANBUL'],
  ['strasse', 'Straße'],
  ['STRASSE', 'STRAẞE'],
  ['ΣΥΣ', 'ΣΥΣΤΗΜΑ'],
  ['συς', 'ΣΥΣΤΗΜΑ'],
  ['cafe', 'café'],
  ['café', 'CAFE\u0301'],
  ['oresund', 'Øresund'],
  ['елка', 'Ёлка'],
  ['ｆｕｌｌ', 'full width'],
])('%j finds %j', (query, text) => {
  expect(folded(text)).toContain(folded(query));
});

test.each([
  ['か', 'が'],
  ['कि', 'की'],
  ['가', '각'],
])('%j does not find %j, which is another letter', (query, text) => {
  expect(folded(text)).not.toContain(folded(query));
});

test('splits a query into its words, each once', () => {
  expect(wordsOf('  Disk FULL\tdisk ')).toEqual(['disk', 'full']);
  expect(wordsOf('  ')).toEqual([]);
});
