import type { ForeignMessage } from '../fitted-draft.js';
import { grafana } from './grafana.js';

const RULE = 'https://grafana.example/alerting/grafana/1/view';
const DASHBOARD = 'https://grafana.example/d/1';
const SILENCE = 'https://grafana.example/alerting/silence/new?alertmanager=grafana';

const ALERT = {
  status: 'firing',
  labels: { alertname: 'High memory', severity: 'critical', zone: 'us-1' },
  annotations: { summary: 'Memory of us-1 is high' },
  startsAt: '2026-10-12T09:51:03.157076+02:00',
  generatorURL: RULE,
  dashboardURL: DASHBOARD,
  panelURL: '',
  silenceURL: SILENCE,
  values: { B: 44.2 },
};
const GROUP = {
  receiver: 'herald',
  status: 'firing',
  orgId: 1,
  alerts: [ALERT],
  groupLabels: { alertname: 'High memory' },
  commonLabels: { alertname: 'High memory', severity: 'critical' },
  externalURL: 'https://grafana.example/',
  version: '1',
  groupKey: '{}:{alertname="High memory"}',
  truncatedAlerts: 0,
  title: '[FIRING:1] High memory (us-1)',
  state: 'alerting',
  message: '**Firing**\n\nValue: B=44.2',
};
const RESOLVED_ALERT = { ...ALERT, status: 'resolved', annotations: { summary: 'Memory of us-2 is high' } };
const RESOLVED = {
  ...GROUP,
  status: 'resolved',
  state: 'ok',
  title: '[RESOLVED] High memory (us-1)',
  alerts: [{ ...ALERT, status: 'resolved' }],
};
/** As Grafana sent it before version 9. */
const LEGACY = {
  title: '[Alerting] Panel Title alert',
  message: 'Notification Message',
  state: 'alerting',
  ruleId: 7,
  ruleName: 'Panel Title alert',
  ruleUrl: RULE,
  orgId: 1,
  tags: { severity: 'warning' },
};

describe('the template grafana', () => {
  test.each<[string, Record<string, unknown>, Partial<ForeignMessage>]>([
    [
      'a group that is firing',
      GROUP,
      {
        title: '[FIRING:1] High memory (us-1)',
        message: '**Firing**\n\nValue: B=44.2',
        markdown: true,
        priority: 'high',
        url: RULE,
        actions: [
          { label: 'Dashboard', url: DASHBOARD },
          { label: 'Silence', url: SILENCE },
        ],
      },
    ],
    ['a group that is resolved', RESOLVED, { title: '[RESOLVED] High memory (us-1)', priority: 'low' }],
    ['a resolved group with a title of its own', { ...RESOLVED, title: 'Memory' }, { title: '[RESOLVED] Memory' }],
    ['a resolved group without a title', { ...RESOLVED, title: '' }, { title: '[RESOLVED] High memory' }],
    ['a group without a message', { ...GROUP, message: '' }, { message: 'Memory of us-1 is high', markdown: false }],
    [
      'an alert without addresses',
      { ...GROUP, alerts: [{ status: 'firing', labels: {} }] },
      { url: 'https://grafana.example/', actions: [], priority: 'low' },
    ],
    [
      'an alert of an older Grafana',
      LEGACY,
      { title: '[Alerting] Panel Title alert', message: 'Notification Message', priority: 'medium', url: RULE },
    ],
    [
      'a resolved alert of an older Grafana',
      { ...LEGACY, title: '[OK] Panel Title alert', state: 'ok' },
      { title: '[RESOLVED] Panel Title alert', priority: 'low' },
    ],
    ...['[PROD] Disk', '[RESOLVED] Disk', '[FIRING:2, RESOLVED:1] Disk', '[OK] Disk', '[No Data] Disk'].map(
      (title): [string, Record<string, unknown>, object] => [
        `the title ${title} of a resolved group`,
        { ...RESOLVED, title },
        { title: title === '[PROD] Disk' ? '[RESOLVED] [PROD] Disk' : '[RESOLVED] Disk' },
      ],
    ),
    [
      'a group whose first alert is resolved',
      { ...GROUP, message: '', alerts: [{ ...RESOLVED_ALERT, dashboardURL: RULE }, ALERT] },
      {
        message: 'Memory of us-1 is high\nResolved: Memory of us-2 is high',
        actions: [
          { label: 'Dashboard', url: DASHBOARD },
          { label: 'Silence', url: SILENCE },
        ],
      },
    ],
    ['nothing that it knows', {}, { title: 'alerts', message: 'alerts', priority: 'low' }],
  ])('reads %s', (_, payload, expected) => {
    expect(grafana(payload)).toMatchObject(expected);
  });

  test('has the same key for all states of a group or a rule', () => {
    expect(grafana(GROUP).key).toMatch(/^grafana\/[\w-]{43}$/);
    expect(grafana(RESOLVED).key).toBe(grafana(GROUP).key);
    expect(grafana({ ...LEGACY, state: 'ok' }).key).toBe(grafana(LEGACY).key);
    expect(grafana(LEGACY).key).not.toBe(grafana(GROUP).key);
    expect(grafana({}).key).toBeUndefined();
  });

  test('has another key for the same group or rule of another installation or organization', () => {
    const others = [{ externalURL: 'https://other.example/' }, { orgId: 2 }];
    for (const other of others) expect(grafana({ ...GROUP, ...other }).key).not.toBe(grafana(GROUP).key);
    const rule = { ...LEGACY, ruleUrl: 'https://other.example/alerting/grafana/1/view' };
    expect(grafana(rule).key).not.toBe(grafana(LEGACY).key);
  });

  test.each(['[', '[FIRING', '[FIRING:1', '[ ', ' '])(
    'takes linear time for a title of %j and many letters',
    (start) => {
      const title = start + 'A'.repeat(64_000);
      const before = performance.now();
      grafana({ ...GROUP, title });
      expect(performance.now() - before).toBeLessThan(50);
    },
  );
});
