import { existsSync, readFileSync } from 'node:fs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Count */

/**
 * Adds up the JSON reports of Jest and Playwright. A report that was never written counts nothing.
 * @param {string} jestReport @param {string} browserReport @returns {Count}
 */
export function countTests(jestReport, browserReport) {
  const jest = countJest(read(jestReport) ?? {});
  const browser = countBrowser(read(browserReport) ?? {});
  return {
    passed: jest.passed + browser.passed,
    failed: jest.failed + browser.failed,
    skipped: jest.skipped + browser.skipped,
  };
}

/** @param {Count} count */
export function sentence({ passed, failed, skipped }) {
  return `tests: ${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/** A test file that could not even be loaded counts as one failed test. */
function countJest({ numPassedTests = 0, numFailedTests = 0, numPendingTests = 0, numTodoTests = 0, ...files }) {
  return {
    passed: numPassedTests,
    failed: numFailedTests + (files.numRuntimeErrorTestSuites ?? 0),
    skipped: numPendingTests + numTodoTests,
  };
}

/** A test that passed only on a retry has failed; so has whatever went wrong outside of any test. */
function countBrowser({ stats, errors = [] }) {
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = stats ?? {};
  return { passed: expected, failed: unexpected + flaky + errors.length, skipped };
}

function read(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}
