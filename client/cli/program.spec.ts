import { readFileSync } from 'node:fs';
import { VERSION } from './program.ts';

test('the version is that of package.json', () => {
  expect(JSON.parse(readFileSync('client/cli/package.json', 'utf8'))).toMatchObject({ version: VERSION });
});
