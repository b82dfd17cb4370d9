import { MESSAGE_MAX, type Priority } from '@herald/protocol';
import { fittedLine } from '../../validation/fitted-text.js';
import { asText, type Fields } from '../json-fields.js';
import { fieldsAt, firstOf, listAt, onOneLine, textAt } from './payload.js';

/** Priorities by the severity of an alert; others are low. */
export const SEVERITIES: ReadonlyMap<string, Priority> = new Map<string, Priority>([
  ['critical', 'high'],
  ['page', 'high'],
  ['error', 'high'],
  ['warning', 'medium'],
]);
/** Characters of the line "and … more". */
const TAIL_MAX = 30;
/** Characters of a line among several, so that one long text leaves room for the other alerts. */
const LINE_MAX = 500;
/** Alerts that are read: a message has no room for more lines. */
const ALERTS_MAX = 1000;

/** A group of alerts, as Alertmanager and Grafana send it. */
export interface AlertGroup {
  readonly isResolved: boolean;
  /** Those that are firing come first. */
  readonly alerts: readonly Fields[];
  readonly firing: readonly Fields[];
  /** Number of alerts that the program has left out. */
  readonly truncated: number;
  /** Undefined if the alerts have no name in common. */
  readonly name: string | undefined;
  /** That of the most severe alert that is firing; low if none is. */
  readonly priority: Priority;
}

/** Lines about the alerts of a group. */
export interface AlertText {
  /** Empty if there is nothing to say. */
  readonly text: string;
  /** `['alerts']` if there was no room for some of them. */
  readonly dropped: string[];
}

export function alertGroupOf(payload: Fields): AlertGroup {
  const given = listAt(payload, 'alerts');
  const isResolved = textAt(payload, 'status') === 'resolved';
  const firing = isResolved ? [] : given.filter((alert) => !isOver(alert));
  const over = isResolved ? given : given.filter(isOver);
  const labels = ['commonLabels.alertname', 'groupLabels.alertname'];
  return {
    ...{ isResolved, firing },
    alerts: [...firing, ...over],
    truncated: Math.max(0, Number(textAt(payload, 'truncatedAlerts')) || 0),
    name: firstOf(...labels.map((path) => textAt(payload, path))),
    priority: highestOf(firing.map((alert) => priorityOfSeverity(textAt(alert, 'labels.severity')))),
  };
}

/**
 * One line for each alert: its summary, its description and its instance, or else its labels. The last line counts the
 * alerts for which a message has no room, and those that the program has left out.
 */
export function textOfAlerts({ alerts, isResolved, truncated }: AlertGroup): AlertText {
  const lines: string[] = [];
  const areSeveral = alerts.length + truncated > 1;
  const max = areSeveral ? LINE_MAX : Infinity;
  let room = areSeveral ? MESSAGE_MAX - TAIL_MAX : Infinity;
  let shown = 0;
  for (const alert of alerts.slice(0, ALERTS_MAX)) {
    const line = fittedLine(lineOf(alert, !isResolved && isOver(alert) ? 'Resolved: ' : ''), max)?.text ?? '';
    if (line.length > room) break;
    shown += 1;
    if (line === '') continue;
    lines.push(line);
    room -= line.length + 1;
  }
  const left = alerts.length - shown;
  if (left + truncated > 0) lines.push(`and ${left + truncated} more`);
  return { text: lines.join('\n'), dropped: left > 0 ? ['alerts'] : [] };
}

export function priorityOfSeverity(severity: string): Priority {
  return SEVERITIES.get(severity.toLowerCase()) ?? 'low';
}

function isOver(alert: Fields): boolean {
  return alert['status'] === 'resolved';
}

function highestOf(priorities: readonly Priority[]): Priority {
  return (['high', 'medium'] as const).find((priority) => priorities.includes(priority)) ?? 'low';
}

/** @returns an empty line for an alert without texts and labels */
function lineOf(alert: Fields, start: string): string {
  const text = wordsOf(alert);
  return text === '' ? '' : start + text;
}

function wordsOf(alert: Fields): string {
  const annotations = fieldsAt(alert, 'annotations');
  const texts = ['summary', 'description', 'message'].map((name) => onOneLine(textAt(annotations, name)));
  const text = [...new Set(texts)].filter((one) => one !== '').join(': ');
  const instance = textAt(alert, 'labels.instance');
  if (text !== '') return instance === '' || text.includes(instance) ? text : `${text} (${instance})`;
  const labels = Object.entries(fieldsAt(alert, 'labels')).map(([name, value]) => [name, asText(value) ?? '']);
  return onOneLine(labels.flatMap(([name, value]) => (value === '' ? [] : [`${name}=${value}`])).join(', '));
}
