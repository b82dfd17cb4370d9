import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface TestCount {
  countTests(jestReport: string, browserReport: string): unknown;
  sentence(count: unknown): string;
  skippedIn(jestReport: string): string[];
}

const { countTests, sentence, skippedIn } = (await import(`${process.cwd()}/.ci/test-count.js`)) as TestCount;

describe('the last line of npm test', () => {
  const folder = mkdtempSync(join(tmpdir(), 'herald-count-'));
  const jest = join(folder, 'jest.json');
  const browser = join(folder, 'browser.json');

  const report = (jestPart: object, browserPart: object): string => {
    const tests = {
      numPassedTests: 300,
      numFailedTests: 0,
      numPendingTests: 0,
      numTodoTests: 0,
      numRuntimeErrorTestSuites: 0,
    };
    const stats = { expected: 12, unexpected: 0, flaky: 0, skipped: 0 };
    writeFileSync(jest, JSON.stringify({ ...tests, ...jestPart }));
    writeFileSync(browser, JSON.stringify({ stats: { ...stats, ...browserPart }, errors: [] }));
    return sentence(countTests(jest, browser));
  };

  afterAll(() => rmSync(folder, { recursive: true }));

  test('adds up both runs', () => {
    expect(report({ numFailedTests: 2, numPendingTests: 1 }, { unexpected: 1, skipped: 4 })).toBe(
      'tests: 312 passed, 3 failed, 5 skipped',
    );
  });

  test('counts a test file that failed to load as failed', () => {
    expect(report({ numRuntimeErrorTestSuites: 1 }, {})).toBe('tests: 312 passed, 1 failed, 0 skipped');
  });

  test('counts a browser test that passed only on retry as failed', () => {
    expect(report({}, { flaky: 1 })).toBe('tests: 312 passed, 1 failed, 0 skipped');
  });

  test('follows the names of all skipped tests', () => {
    const results = (...statuses: string[]) => ({
      assertionResults: statuses.map((status) => ({ status, fullName: `one that is ${status}` })),
    });
    report({ testResults: [results('passed', 'pending'), results('failed', 'todo')] }, {});
    expect(skippedIn(jest)).toEqual(['one that is pending', 'one that is todo']);
    expect(skippedIn(join(folder, 'none.json'))).toEqual([]);
  });

  test('counts a run without a report as failed', () => {
    report({}, {});
    rmSync(browser);
    expect(sentence(countTests(jest, browser))).toBe('tests: 300 passed, 1 failed, 0 skipped');
  });
});
