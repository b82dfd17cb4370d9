/**
 * `npm test`: every check in turn. One that fails does not hide what the later ones find, except that
 * without a build there is nothing for the browser to open. The last line sums up Jest's and the browser's tests.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { countTests, sentence, skippedIn, slowest } from './test-count.js';

const RESULTS = 'test-results';
const JEST = `${RESULTS}/jest.json`;
const BROWSER = `${RESULTS}/browser.json`;
/** Number of slow tests that the summary lists. */
const SLOWEST = 20;

/** @param {string} script name in package.json @param {string[]} options @returns {boolean} whether it passed */
function passes(script, ...options) {
  console.log(`\n── ${script}`);
  const startedAt = performance.now();
  const { status } = spawnSync('npm', ['run', '--silent', script, '--', ...options], { stdio: 'inherit' });
  console.log(`   ${Math.round((performance.now() - startedAt) / 1000)} s`);
  return status === 0;
}

rmSync(RESULTS, { recursive: true, force: true });
mkdirSync(RESULTS);

const passed = {
  check: passes('check'),
  'test:unit': passes('test:unit', '--json', `--outputFile=${JEST}`),
  build: passes('build'),
};
passed['test:browser'] = passed.build && passes('test:browser');

const failed = Object.keys(passed).filter((script) => !passed[script]);
const count = countTests(JEST, BROWSER);

console.log(`\n── the slowest ${SLOWEST}\n${slowest(JEST, BROWSER, SLOWEST).join('\n')}`);
for (const name of skippedIn(JEST, BROWSER)) console.log(`skipped: ${name}`);
console.log(failed.length > 0 ? `\nfailed: ${failed.join(', ')}` : '');
console.log(sentence(count));
process.exitCode = failed.length + count.failed > 0 ? 1 : 0;
