import type { Priority } from '@herald/protocol';
import type { Fields } from '../json-fields.js';
import { fieldsAt, firstOf, listAt, onOneLine, textAt } from './payload.js';

const PRIORITIES = new Map<string, Priority>([
  ['critical', 'high'],
  ['page', 'high'],
  ['error', 'high'],
  ['warning', 'medium'],
]);

/** A group of alerts, as Alertmanager and Grafana send it. */
export interface AlertGroup {
  readonly isResolved: boolean;
  readonly alerts: readonly Fields[];
  readonly firing: readonly Fields[];
  /** Undefined if the alerts have no name in common. */
  readonly name: string | undefined;
  /** That of the most severe alert that is firing; low if none is. */
  readonly priority: Priority;
}

export function alertGroupOf(payload: Fields): AlertGroup {
  const alerts = listAt(payload, 'alerts');
  const isResolved = textAt(payload, 'status') === 'resolved';
  const firing = isResolved ? [] : alerts.filter((alert) => textAt(alert, 'status') !== 'resolved');
  const labels = ['commonLabels.alertname', 'groupLabels.alertname'];
  return {
    ...{ isResolved, alerts, firing },
    name: firstOf(...labels.map((path) => textAt(payload, path))),
    priority: highestOf(firing.map((alert) => priorityOf(textAt(alert, 'labels.severity')))),
  };
}

/** One line for each alert: its summary, its description and its instance, or else its labels. */
export function linesOf({ alerts, isResolved }: AlertGroup): string {
  return alerts
    .map((alert) => {
      const wasResolved = !isResolved && textAt(alert, 'status') === 'resolved';
      return `${wasResolved ? 'Resolved: ' : ''}${lineOf(alert)}`;
    })
    .filter((line) => line !== '')
    .join('\n');
}

export function priorityOf(severity: string): Priority {
  return PRIORITIES.get(severity.toLowerCase()) ?? 'low';
}

function highestOf(priorities: readonly Priority[]): Priority {
  return (['high', 'medium'] as const).find((priority) => priorities.includes(priority)) ?? 'low';
}

function lineOf(alert: Fields): string {
  const texts = ['summary', 'description', 'message'].map((name) => onOneLine(textAt(alert, `annotations.${name}`)));
  const text = [...new Set(texts)].filter((one) => one !== '').join(': ');
  const instance = textAt(alert, 'labels.instance');
  if (text !== '') return instance === '' || text.includes(instance) ? text : `${text} (${instance})`;
  const labels = Object.entries(fieldsAt(alert, 'labels'));
  return onOneLine(labels.map(([name, value]) => `${name}=${String(value)}`).join(', '));
}
