import { CopyOutput, countsOf } from './copy-output.js';

function shown(isTTY: boolean): string[] {
  const texts: string[] = [];
  const output = new CopyOutput({ isTTY, write: (text) => texts.push(text) });
  for (const copied of [0, 1000, 2000]) output.show({ table: 'entries', copied, total: 2000 });
  output.show({ table: 'answers', copied: 0, total: 0 });
  output.end();
  return texts;
}

test('a terminal shows one line with a bar that grows, and loses it at the end', () => {
  expect(shown(true)).toEqual([
    '\r\x1b[Kentries            ░░░░░░░░░░░░░░░░░░░░░░░░ 0 of 2,000 rows',
    '\r\x1b[Kentries            ████████████░░░░░░░░░░░░ 1,000 of 2,000 rows',
    '\r\x1b[Kentries            ████████████████████████ 2,000 of 2,000 rows',
    '\r\x1b[Kanswers            ████████████████████████ 0 of 0 rows',
    '\r\x1b[K',
  ]);
});

test('a file or pipe gets a line for each table once it is copied', () => {
  expect(shown(false)).toEqual(['Copied entries: 2,000 rows\n', 'Copied answers: 0 rows\n']);
});

test('the end compares the rows of both stores', () => {
  const tables = [
    { table: 'recipient_sets', from: 12, to: 12 },
    { table: 'entries', from: 1_234_567, to: 1_234_567 },
  ];
  expect(countsOf({ from: '/data/herald.db', to: 'db/herald', tables }).split('\n')).toEqual([
    'table               rows in FROM    rows in TO',
    'recipient_sets                12            12',
    'entries                1,234,567     1,234,567',
    'Copied /data/herald.db to db/herald; every table has the same number of rows in both',
  ]);
});
