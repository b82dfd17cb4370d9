import type { Priority } from '@herald/protocol';
import type { IncomingHttpHeaders } from 'node:http';
import type { ForeignMessage } from '../fitted-draft.js';
import { fittedKey } from '../fitted-key.js';
import type { Fields } from '../json-fields.js';
import { fieldsAt, firstOf, textAt } from './payload.js';

const PRIORITIES = new Map<string, Priority>([
  ['fatal', 'high'],
  ['error', 'high'],
  ['critical', 'high'],
  ['warning', 'medium'],
]);
/** Changes of an issue of which people are told; others are assigned and archived. */
const ISSUE_ACTIONS = ['created', 'resolved', 'unresolved'];

/** An alert, an error or a changed issue of Sentry. A resolved issue replaces the alert. */
export function sentry(payload: Fields, headers: IncomingHttpHeaders): ForeignMessage | undefined {
  switch (headers['sentry-hook-resource']) {
    case 'event_alert':
      return eventOf(fieldsAt(payload, 'data.event'), textAt(payload, 'data.triggered_rule'));
    case 'error':
      return eventOf(fieldsAt(payload, 'data.error'), '');
    case 'issue':
      return issueOf(fieldsAt(payload, 'data.issue'), textAt(payload, 'action'));
    case 'metric_alert':
      return metricOf(fieldsAt(payload, 'data'), textAt(payload, 'action'));
    default:
      return undefined;
  }
}

function eventOf(event: Fields, rule: string): ForeignMessage {
  const title = firstOf(textAt(event, 'title'), textAt(event, 'message')) ?? 'Error';
  const lines = [textAt(event, 'culprit'), rule === '' ? '' : `Alert: ${rule}`].filter((line) => line !== '');
  return {
    ...{ title, markdown: false, message: lines.length > 0 ? lines.join('\n') : title },
    priority: priorityOfLevel(textAt(event, 'level')),
    url: firstOf(textAt(event, 'web_url')),
    key: keyOf(textAt(event, 'issue_id')),
  };
}

function issueOf(issue: Fields, action: string): ForeignMessage | undefined {
  if (!ISSUE_ACTIONS.includes(action)) return undefined;
  const title = firstOf(textAt(issue, 'title')) ?? 'Issue';
  const isResolved = action === 'resolved';
  return {
    title: isResolved ? `[RESOLVED] ${title}` : title,
    message: firstOf(textAt(issue, 'culprit')) ?? title,
    markdown: false,
    priority: isResolved ? 'low' : priorityOfLevel(textAt(issue, 'level')),
    url: firstOf(textAt(issue, 'web_url'), textAt(issue, 'permalink')),
    key: keyOf(textAt(issue, 'id')),
  };
}

/** The title of a resolved alert is `Resolved: …`. */
function metricOf(data: Fields, action: string): ForeignMessage {
  const title = firstOf(textAt(data, 'description_title'), textAt(data, 'metric_alert.title')) ?? 'Alert';
  const isResolved = action === 'resolved';
  return {
    title: isResolved ? `[RESOLVED] ${title.replace(/^Resolved: /, '')}` : title,
    message: firstOf(textAt(data, 'description_text')) ?? title,
    markdown: false,
    priority: isResolved ? 'low' : priorityOfLevel(action),
    url: firstOf(textAt(data, 'web_url')),
    key: keyOf(textAt(data, 'metric_alert.id'), 'metric/'),
  };
}

/** Those without an id must not replace each other. */
function keyOf(id: string, kind = ''): string | undefined {
  return id === '' ? undefined : fittedKey(`sentry/${kind}${id}`);
}

function priorityOfLevel(level: string): Priority {
  return PRIORITIES.get(level) ?? 'low';
}
