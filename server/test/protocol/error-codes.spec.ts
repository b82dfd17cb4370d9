import { FIELD_CODES, REFUSAL_CODES } from '@herald/protocol';
import { readFileSync } from 'node:fs';

/** Codes of the page's two tables, each with the names of its params. */
const tables = readFileSync('protocol/README.md', 'utf8')
  .split('| code | params | meaning |')
  .slice(1)
  .map((text) =>
    Array.from(text.matchAll(/^\| `(\w+)` \| (.+?) \| \S.* \|$/gm), ([, code, params]) => [
      code,
      Array.from(params!.matchAll(/`(\w+)`/g), ([, name]) => name),
    ]),
  );

test.each([
  ['refusals', 0, REFUSAL_CODES],
  ['fields', 1, FIELD_CODES],
] as const)('the page lists the codes of %s with their params', (_, index, codes) => {
  expect(tables[index]).toEqual(Object.entries(codes));
});
