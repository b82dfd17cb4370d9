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
 * Names of Jest's tests that did not run. The browser's say for themselves, all at once, that Chromium is missing.
 * @param {string} jestReport @returns {string[]}
 */
export function skippedIn(jestReport) {
  if (!existsSync(jestReport)) return [];
  const { testResults } = JSON.parse(readFileSync(jestReport, 'utf8'));
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  return tests.filter(({ status }) => status === 'pending' || status === 'todo').map(({ fullName }) => fullName);
}

/**
 * The slowest tests of both reports, slowest first, a line each: seconds, then name.
 * @param {string} jestReport @param {string} browserReport @param {number} limit @returns {string[]}
 */
export function slowest(jestReport, browserReport, limit) {
  const timed = [...timesIn(jestReport, jestTimes), ...timesIn(browserReport, browserTimes)];
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

function timesIn(report, timesOf) {
  return existsSync(report) ? timesOf(JSON.parse(readFileSync(report, 'utf8'))) : [];
}

function jestTimes({ testResults }) {
  return testResults.flatMap(({ assertionResults }) => assertionResults.map(({ duration, fullName }) => ({ ms: duration ?? 0, name: fullName })));
}

function browserTimes({ suites = [], specs = [], file }) {
  const own = specs.map(({ title, tests }) => ({ ms: Math.max(0, ...tests.flatMap(({ results }) => results.map(({ duration }) => duration))), name: `${file}: ${title}` }));
  return [...own, ...suites.flatMap(browserTimes)];
}
