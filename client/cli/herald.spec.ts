import { spawnSync } from 'node:child_process';

/** Runs the linked command in this version of Node. @returns its errors */
function errorsIn(version: string): string {
  const versions = `data:text/javascript,Object.defineProperty(process,'versions',{value:{node:'${version}'}})`;
  const args = ['--import', versions, 'client/cli/herald.js', '--version'];
  return spawnSync(process.execPath, args, { encoding: 'utf8' }).stderr;
}

test.each([
  ['20.19.0', true],
  ['22.11.0', true],
  ['22.12.0', false],
  ['24.0.0', false],
])('in Node %s it is refused: %p', (version, isRefused) => {
  expect(errorsIn(version).includes('it needs Node 22.12 or newer')).toBe(isRefused);
});
