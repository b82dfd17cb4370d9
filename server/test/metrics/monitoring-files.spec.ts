import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { useServer } from '../running-server.js';
import { Scrape } from './scrape.js';

const PROMTOOL = '/usr/bin/promtool';
const hasPromtool = existsSync(PROMTOOL);
/** Suffix for the name of a test that is skipped without promtool. */
const PROMTOOL_MISSING = hasPromtool ? '' : ' (promtool is not installed here)';
const ALERTS = 'docs/prometheus/alerts.yml';
const ALERT_TESTS = 'docs/prometheus/alerts.test.yml';
const DASHBOARD = 'docs/grafana/herald.json';

/** Names of time series in an expression: all that look like Herald's, Node's or the process's. */
const METRIC = /\b(?:herald|nodejs|process)_\w+/g;

interface Alerts {
  groups: { rules: { alert: string; expr: string; annotations: Record<string, string> }[] }[];
}

interface AlertTests {
  tests: { input_series: { series: string }[]; alert_rule_test: { alertname: string; exp_alerts: unknown[] }[] }[];
}

interface Dashboard {
  panels: { id: number; title: string; targets?: { expr: string }[] }[];
}

const read = (path: string): string => readFileSync(path, 'utf8');
const namesIn = (text: string): string[] => [...new Set(text.match(METRIC) ?? [])];
const alerts = (parse(read(ALERTS)) as Alerts).groups.flatMap(({ rules }) => rules);
const alertTests = (parse(read(ALERT_TESTS)) as AlertTests).tests;
const dashboard = JSON.parse(read(DASHBOARD)) as Dashboard;

describe('the files for Prometheus and Grafana', () => {
  const server = useServer();
  let scrape: Scrape;

  beforeAll(async () => {
    scrape = await Scrape.of(server);
  });

  const unknown = (names: readonly string[]): string[] =>
    names.filter(
      (name) => !scrape.series.has(name) && !scrape.names.includes(name.replace(/_(sum|count|bucket)$/, '')),
    );

  test('alerts use only metrics that exist', () => {
    expect(unknown(alerts.flatMap(({ expr }) => namesIn(expr)))).toEqual([]);
    expect(unknown(alertTests.flatMap((each) => each.input_series.flatMap(({ series }) => namesIn(series))))).toEqual(
      [],
    );
  });

  test('alerts have a summary and a description', () => {
    for (const { annotations } of alerts) expect(Object.keys(annotations)).toEqual(['summary', 'description']);
  });

  test('each alert is tested to fire and to be silent', () => {
    const tested = alertTests.flatMap((each) => each.alert_rule_test);
    const withAlerts = (isFiring: boolean): string[] =>
      tested.filter(({ exp_alerts: { length } }) => length > 0 === isFiring).map(({ alertname }) => alertname);
    const names = alerts.map(({ alert }) => alert);
    expect(withAlerts(true)).toEqual(names);
    expect(withAlerts(false)).toEqual(names);
  });

  test('panels of the dashboard use only metrics that exist', () => {
    const expressions = dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
    expect(expressions.length).toBeGreaterThan(20);
    expect(unknown(expressions.flatMap(namesIn))).toEqual([]);
  });

  test('the dashboard shows each metric of Herald', () => {
    const shown = namesIn(JSON.stringify(dashboard)).map((name) => name.replace(/_(sum|count|bucket)$/, ''));
    const own = scrape.names.filter((name) => name.startsWith('herald_'));
    expect(own.filter((name) => !shown.includes(name))).toEqual([]);
  });

  test('panels have ids and titles of their own', () => {
    const { panels } = dashboard;
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    expect(new Set(panels.map(({ title }) => title)).size).toBe(panels.length);
  });

  test('docs/operations.md lists each metric of Herald, and no other', () => {
    const listed = Array.from(read('docs/operations.md').matchAll(/^\| `(herald_\w+)` \|/gm), ([, name]) => name!);
    expect(listed.sort()).toEqual(scrape.names.filter((name) => name.startsWith('herald_')).sort());
  });
});

(hasPromtool ? describe : describe.skip)(`promtool${PROMTOOL_MISSING}`, () => {
  const promtool = (...args: string[]): string => execFileSync(PROMTOOL, args, { encoding: 'utf8', stdio: 'pipe' });

  test(`accepts ${ALERTS}`, () => {
    expect(promtool('check', 'rules', ALERTS)).toContain(`SUCCESS: ${alerts.length} rules found`);
  });

  test(`finds every alert of ${ALERT_TESTS} as expected`, () => {
    expect(promtool('test', 'rules', ALERT_TESTS)).toContain('SUCCESS');
  });

  const server = useServer();

  test('finds no fault in the names and the format of the metrics', async () => {
    const { text } = await Scrape.of(server);
    const own = text.slice(0, text.indexOf('# HELP process_cpu_user_seconds_total'));
    expect(execFileSync(PROMTOOL, ['check', 'metrics'], { input: own, encoding: 'utf8', stdio: 'pipe' })).toBe('');
  });
});
