import { MESSAGE_MAX } from '@herald/protocol';
import type { ForeignMessage } from '../fitted-draft.js';
import { alertmanager } from './alertmanager.js';

const GROUP_KEY = '{}:{alertname="DiskFull"}';

/** An alert as Alertmanager 0.25 sends it. */
function alert(severity: string, instance: string, fields: object = {}): object {
  return {
    status: 'firing',
    labels: { alertname: 'DiskFull', instance, severity },
    annotations: { summary: `Disk of ${instance} is full` },
    startsAt: '2026-11-30T14:57:05.726254394Z',
    endsAt: '0001-01-01T00:00:00Z',
    generatorURL: 'http://prometheus.example/graph?g0.expr=up',
    fingerprint: 'efb0c6c488e007da',
    ...fields,
  };
}

function group(alerts: object[], fields: object = {}): Record<string, unknown> {
  return {
    receiver: 'all',
    status: 'firing',
    alerts,
    groupLabels: { alertname: 'DiskFull' },
    commonLabels: { alertname: 'DiskFull', zone: 'a' },
    commonAnnotations: {},
    externalURL: 'http://alertmanager.example',
    version: '4',
    groupKey: GROUP_KEY,
    truncatedAlerts: 0,
    ...fields,
  };
}

const RESOLVED = { status: 'resolved', endsAt: '2026-11-30T15:00:00Z' };
const DB1 = alert('critical', 'db1');
const DB2 = alert('warning', 'db2');

describe('the template alertmanager', () => {
  test.each<[string, Record<string, unknown>, Partial<ForeignMessage>]>([
    [
      'a critical alert',
      group([DB1]),
      {
        title: '[FIRING:1] DiskFull',
        message: 'Disk of db1 is full',
        priority: 'high',
        url: 'http://prometheus.example/graph?g0.expr=up',
        data: { labels: { alertname: 'DiskFull', zone: 'a' } },
      },
    ],
    [
      'two alerts, with the priority of the most severe one',
      group([DB2, DB1]),
      { title: '[FIRING:2] DiskFull', message: 'Disk of db2 is full\nDisk of db1 is full', priority: 'high' },
    ],
    ...(['page', 'error', 'Critical'] as const).map((severity): [string, Record<string, unknown>, object] => [
      `the severity ${severity}`,
      group([alert(severity, 'x')]),
      { priority: 'high' },
    ]),
    ['the severity warning', group([DB2]), { priority: 'medium' }],
    ...['info', 'none', 'constructor'].map((severity): [string, Record<string, unknown>, object] => [
      `the severity ${severity}`,
      group([alert(severity, 'x')]),
      { priority: 'low' },
    ]),
    [
      'a resolved group',
      group([alert('critical', 'db1', RESOLVED)], { status: 'resolved' }),
      { title: '[RESOLVED] DiskFull', message: 'Disk of db1 is full', priority: 'low' },
    ],
    [
      'a group of which one alert is resolved',
      group([
        alert('critical', 'db1', RESOLVED),
        alert('warning', 'db2', { generatorURL: 'http://prometheus.example/db2' }),
      ]),
      {
        title: '[FIRING:1] DiskFull',
        message: 'Disk of db2 is full\nResolved: Disk of db1 is full',
        priority: 'medium',
        url: 'http://prometheus.example/db2',
      },
    ],
    [
      'a description and an instance',
      group([alert('critical', 'db1:9100', { annotations: { summary: 'Full', description: 'Only\n2 % left ü' } })]),
      { message: 'Full: Only 2 % left ü (db1:9100)' },
    ],
    [
      'an alert without annotations',
      group([{ status: 'firing', labels: { alertname: 'Up', job: 'a' } }]),
      { message: 'alertname=Up, job=a', url: 'http://alertmanager.example' },
    ],
    [
      'a group without a common name',
      group([DB1], { groupLabels: {}, commonLabels: {} }),
      { title: '[FIRING:1] all', data: { labels: undefined } },
    ],
    [
      'labels that are no texts',
      group([{ status: 'firing', labels: { a: { toString: 1 }, b: null, c: 2, d: [3], e: true } }]),
      { message: 'c=2' },
    ],
    [
      'alerts without labels',
      group([{ status: 'resolved' }, { status: 'firing', labels: {} }]),
      { message: '[FIRING:1] DiskFull' },
    ],
    ['truncated alerts', group([DB1], { truncatedAlerts: 3 }), { message: 'Disk of db1 is full\nand 3 more' }],
    [
      'a runbook',
      group([alert('critical', 'db1', { annotations: { runbook_url: 'https://a.example/run' } })]),
      { actions: [{ label: 'Runbook', url: 'https://a.example/run' }] },
    ],
    ['nothing that it knows', {}, { title: '[FIRING:0] alerts', message: '[FIRING:0] alerts', priority: 'low' }],
  ])('reads %s', (_, payload, expected) => {
    const message = alertmanager(payload);
    expect(message).toMatchObject({ markdown: false, ...expected });
  });

  test('shows as many alerts as there is room for, and the number of the others', () => {
    const alerts = Array.from({ length: 300 }, (_, n) => alert('critical', `db${n}`));
    const { message, dropped } = alertmanager(group(alerts, { truncatedAlerts: 7 }));
    const lines = message.split('\n');
    expect(message.length).toBeLessThanOrEqual(MESSAGE_MAX);
    expect(message.length).toBeGreaterThan(MESSAGE_MAX - 80);
    expect(lines.at(-2)).toBe(`Disk of db${lines.length - 2} is full`);
    expect(lines.at(-1)).toBe(`and ${307 - (lines.length - 1)} more`);
    expect(dropped).toEqual(['alerts']);
  });

  test('cuts a long line, so that the other alerts have room', () => {
    const long = alert('critical', 'db1', { annotations: { summary: 'x'.repeat(5000) } });
    const { message, dropped } = alertmanager(group([long, DB2]));
    expect([message, dropped]).toEqual([`${'x'.repeat(499)}…\nDisk of db2 is full`, []]);
  });

  test('leaves a long line as it is where there is only one alert', () => {
    const summary = 'x'.repeat(5000);
    expect(alertmanager(group([alert('critical', 'db1', { annotations: { summary } })])).message).toContain(summary);
  });

  test('has another key for the same group of another installation', () => {
    const other = group([DB1], { externalURL: 'http://other.example' });
    expect(alertmanager(other).key).not.toBe(alertmanager(group([DB1])).key);
  });

  test('has the same key for all states of a group, and another for another group', () => {
    const resolved = group([alert('critical', 'db1', RESOLVED)], { status: 'resolved' });
    const keys = [group([DB1]), group([DB1, DB2]), resolved].map((payload) => alertmanager(payload).key);
    expect(new Set(keys).size).toBe(1);
    expect(keys[0]).toMatch(/^alertmanager\/[\w-]{43}$/);
    expect(alertmanager(group([DB1], { groupKey: 'other' })).key).not.toBe(keys[0]);
    expect(alertmanager({}).key).toBeUndefined();
  });
});
