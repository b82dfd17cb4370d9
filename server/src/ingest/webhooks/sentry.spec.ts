import type { ForeignMessage } from '../fitted-draft.js';
import { sentry } from './sentry.js';

const ISSUE_URL = 'https://sentry.example/issues/1170820242/';
const EVENT = {
  title: 'ReferenceError: blooopy is not defined',
  culprit: '?(<anonymous>)',
  level: 'error',
  issue_id: '1170820242',
  web_url: ISSUE_URL,
};
const ISSUE = { id: '1170820242', title: EVENT.title, culprit: 'app.views', level: 'fatal', web_url: ISSUE_URL };
const METRIC = {
  description_text: '1000 events in the last 10 minutes',
  description_title: 'Critical: Too many errors',
  metric_alert: { id: '7', title: 'Too many errors' },
  web_url: ISSUE_URL,
};
const key = 'sentry/1170820242';

describe('the template sentry', () => {
  test.each<[string, string, object, Partial<ForeignMessage> | undefined]>([
    [
      'an alert for an issue',
      'event_alert',
      { action: 'triggered', data: { event: EVENT, triggered_rule: 'Very important' } },
      { title: EVENT.title, message: '?(<anonymous>)\nAlert: Very important', priority: 'high', url: ISSUE_URL, key },
    ],
    [
      'an alert of level warning',
      'event_alert',
      { data: { event: { ...EVENT, level: 'warning' } } },
      { priority: 'medium' },
    ],
    ['an alert of level info', 'event_alert', { data: { event: { ...EVENT, level: 'info' } } }, { priority: 'low' }],
    [
      'an error',
      'error',
      { action: 'created', data: { error: EVENT } },
      { title: EVENT.title, message: '?(<anonymous>)', key },
    ],
    [
      'a new issue',
      'issue',
      { action: 'created', data: { issue: ISSUE } },
      { title: EVENT.title, message: 'app.views', priority: 'high', url: ISSUE_URL, key },
    ],
    [
      'a resolved issue',
      'issue',
      { action: 'resolved', data: { issue: ISSUE } },
      { title: `[RESOLVED] ${EVENT.title}`, priority: 'low', key },
    ],
    [
      'an issue that is back',
      'issue',
      { action: 'unresolved', data: { issue: ISSUE } },
      { title: EVENT.title, priority: 'high', key },
    ],
    ['an assigned issue', 'issue', { action: 'assigned', data: { issue: ISSUE } }, undefined],
    [
      'a critical metric',
      'metric_alert',
      { action: 'critical', data: METRIC },
      {
        title: 'Critical: Too many errors',
        message: METRIC.description_text,
        priority: 'high',
        url: ISSUE_URL,
        key: 'sentry/metric/7',
      },
    ],
    ['a metric that warns', 'metric_alert', { action: 'warning', data: METRIC }, { priority: 'medium' }],
    [
      'a resolved metric',
      'metric_alert',
      { action: 'resolved', data: { ...METRIC, description_title: 'Resolved: Too many errors' } },
      { title: '[RESOLVED] Too many errors', priority: 'low', key: 'sentry/metric/7' },
    ],
    ['an issue without an id', 'issue', { action: 'created', data: { issue: { title: 'E' } } }, { key: undefined }],
    ['a metric without an id', 'metric_alert', { action: 'critical' }, { key: undefined }],
    ['an event without fields', 'event_alert', {}, { title: 'Error', message: 'Error', priority: 'low' }],
    ['an installation', 'installation', { action: 'created' }, undefined],
  ])('reads %s', (_, resource, payload, expected) => {
    const message = sentry(payload as Record<string, unknown>, { 'sentry-hook-resource': resource });
    if (expected === undefined) expect(message).toBeUndefined();
    else expect(message).toMatchObject({ markdown: false, ...expected });
  });
});
