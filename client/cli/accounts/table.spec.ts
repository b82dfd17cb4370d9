import { tableOf } from './table.ts';

test('columns of a table are aligned, and its cells are plain text', () => {
  expect(
    tableOf(
      ['ID', 'NAME', 'USED'],
      [
        ['1', 'back\u001bup', ''],
        ['10', 'ci', 'never'],
      ],
    ),
  ).toBe(['ID  NAME    USED', '1   backup', '10  ci      never'].join('\n'));
});
