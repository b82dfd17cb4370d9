import { existsSync, readFileSync } from 'node:fs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Count */

/**
 * Adds up the JSON reports of Jest and Playwright. A report that was never written counts as one failed test.
 * @param {string} jestReport @param {string} browserReport @returns {Count}
 */
export function countTests(jestReport, browserReport) {
  const jest = count(jestReport, countJest);
  const browser = count(browserReport, countBrowser);
  return {
    passed: jest.passed + browser.passed,
    failed: jest.failed + browser.failed,
    skipped: jest.skipped + browser.skipped,
  };
}

/**
 * Names of the tests that did not run. Without Chromium, a line of `test:browser` speaks for all of its tests.
 * @param {string} jestReport @param {string} browserReport @returns {string[]}
 */
export function skippedIn(jestReport, browserReport) {
  const browser = testsIn(browserReport, browserTests);
  const isBrowserMissing = browser.every(({ isSkipped }) => isSkipped);
  return [...testsIn(jestReport, jestTests), ...(isBrowserMissing ? [] : browser)]
    .filter(({ isSkipped }) => isSkipped)
    .map(({ name }) => name);
}

/**
 * The slowest tests of both reports, slowest first, a line each: seconds, then name.
 * @param {string} jestReport @param {string} browserReport @param {number} limit @returns {string[]}
 */
export function slowest(jestReport, browserReport, limit) {
  const timed = [...testsIn(jestReport, jestTests), ...testsIn(browserReport, browserTests)];
  timed.sort((one, other) => other.ms - one.ms);
  return timed.slice(0, limit).map(({ ms, name }) => `${(ms / 1000).toFixed(1).padStart(6)} s  ${name}`);
}

/** @param {Count} count */
export function sentence({ passed, failed, skipped }) {
  return `tests: ${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/** A test file that could not even be loaded counts as one failed test. */
function countJest(report) {
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** A test that passed only on a retry has failed; so has whatever went wrong outside of any test. */
function countBrowser({ stats, errors }) {
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length, skipped: stats.skipped };
}

function count(report, countOf) {
  return existsSync(report) ? countOf(JSON.parse(readFileSync(report, 'utf8'))) : { passed: 0, failed: 1, skipped: 0 };
}

function testsIn(report, testsOf) {
  return existsSync(report) ? testsOf(JSON.parse(readFileSync(report, 'utf8'))) : [];
}

function jestTests({ testResults }) {
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  return tests.map(({ fullName, duration, status }) => ({
    name: fullName,
    ms: duration ?? 0,
    isSkipped: status === 'pending' || status === 'todo',
  }));
}

function browserTests({ suites = [], specs = [], file }) {
  const own = specs.map(({ title, tests }) => ({
    name: `${file}: ${title}`,
    ms: Math.max(0, ...tests.flatMap(({ results }) => results.map(({ duration }) => duration))),
    isSkipped: tests.every(({ status }) => status === 'skipped'),
  }));
  return [...own, ...suites.flatMap(browserTests)];
}
