import { headerText } from './header-text.js';

test.each([
  ['=?UTF-8?B?R3LDtsOfZQ==?=', 'Größe'],
  ['=?utf-8?q?Gr=C3=B6=C3=9Fe_1?= =?utf-8?q?2?=', 'Größe 12'],
  ['=?iso-8859-1?q?Gr=F6=DFe?= b', 'Größe b'],
  ['=?us-ascii?Q?a?=', 'a'],
  ['=?x-none?q?a?=', '=?x-none?q?a?='],
])('reads %j as %j', (header, text) => expect(headerText(header)).toBe(text));

test('looks up no charset for each of many words', () => {
  const time = (header: string): number => {
    const times = Array.from({ length: 9 }, () => {
      const startedAt = performance.now();
      headerText(header);
      return performance.now() - startedAt;
    });
    return Math.min(...times);
  };
  expect(time('=?x?q?a?='.repeat(1000)) / time('=?utf-8?q?a?='.repeat(1000))).toBeLessThan(3);
});
