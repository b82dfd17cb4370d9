import type { Action } from '@herald/protocol';
import { type ForeignMessage, isSafeUrl } from '../fitted-draft.js';
import { hashOf } from '../fitted-key.js';
import type { Fields } from '../json-fields.js';
import { alertGroupOf, priorityOfSeverity, textOfAlerts } from './alerts.js';
import { firstOf, textAt } from './payload.js';

const RESOLVED = '[RESOLVED]';
/** Grafana's own mark before a title; other words in brackets belong to the title. */
const STATE =
  /^\s*\[(?:FIRING(?::\d+)?(?:, RESOLVED:\d+)?|RESOLVED(?::\d+)?|OK|Alerting|No Data|Pending|Paused|Unknown)\]\s*/;

/**
 * A group of alerts of Grafana, or an alert of the alerting before Grafana 9. A later state of the group, or of the
 * rule, replaces the one before.
 */
export function grafana(payload: Fields): ForeignMessage {
  const group = alertGroupOf(payload);
  const isResolved = group.isResolved || textAt(payload, 'state') === 'ok';
  const given = textAt(payload, 'title');
  const name = firstOf(given.replace(STATE, ''), group.name ?? '', textAt(payload, 'ruleName')) ?? 'alerts';
  const title = isResolved ? `${RESOLVED} ${name}` : (firstOf(given) ?? name);
  const message = firstOf(textAt(payload, 'message'));
  const alerts = textOfAlerts(group);
  const isLegacy = group.alerts.length === 0;
  return {
    title,
    message: message ?? firstOf(alerts.text) ?? title,
    // Grafana's own message is in Markdown.
    markdown: message !== undefined,
    ...(message === undefined && { dropped: alerts.dropped }),
    priority: isResolved ? 'low' : isLegacy ? priorityOfSeverity(textAt(payload, 'tags.severity')) : group.priority,
    ...linksOf(group.alerts[0] ?? {}, payload),
    ...keyOf(payload),
  };
}

function linksOf(alert: Fields, payload: Fields): Partial<ForeignMessage> {
  const urls = [textAt(alert, 'generatorURL'), textAt(payload, 'ruleUrl'), textAt(payload, 'externalURL')];
  const url = urls.find(isSafeUrl);
  const actions: Action[] = [
    { label: 'Dashboard', url: textAt(alert, 'dashboardURL') },
    { label: 'Panel', url: textAt(alert, 'panelURL') },
    { label: 'Silence', url: textAt(alert, 'silenceURL') },
  ].filter((action) => isSafeUrl(action.url));
  return { ...(url !== undefined && { url }), actions };
}

/** Groups and rules of other installations and organizations may have the same names and numbers. */
function keyOf(payload: Fields): { key?: string } {
  const id = firstOf(textAt(payload, 'groupKey'), textAt(payload, 'ruleId'));
  if (id === undefined) return {};
  const place = ['externalURL', 'ruleUrl', 'orgId'].map((name) => textAt(payload, name));
  return { key: `grafana/${hashOf(JSON.stringify([...place, id]))}` };
}
