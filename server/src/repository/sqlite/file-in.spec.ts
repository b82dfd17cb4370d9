import { fileIn } from './file-in.js';

test.each([
  ['memory:', undefined],
  ['postgres://localhost/herald', undefined],
  ['sqlite:./data/herald.db', './data/herald.db'],
  ['sqlite:/var/lib/herald.db', '/var/lib/herald.db'],
  ['sqlite:///var/lib/herald.db', '/var/lib/herald.db'],
])('%s names the file %s', (url, file) => {
  expect(fileIn(url)).toBe(file);
});
