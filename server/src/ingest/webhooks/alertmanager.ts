import { type ForeignMessage, isSafeUrl } from '../fitted-draft.js';
import { hashOf } from '../fitted-key.js';
import type { Fields } from '../json-fields.js';
import { type AlertGroup, alertGroupOf, textOfAlerts } from './alerts.js';
import { fieldsAt, firstOf, textAt } from './payload.js';

/** A group of alerts of Prometheus' Alertmanager, version 4. A later state of the group replaces the one before. */
export function alertmanager(payload: Fields): ForeignMessage {
  const group = alertGroupOf(payload);
  const [groupKey = '', externalURL] = ['groupKey', 'externalURL'].map((name) => textAt(payload, name));
  const title = titleOf(group, payload);
  const { text, dropped } = textOfAlerts(group);
  return {
    title,
    message: firstOf(text) ?? title,
    priority: group.priority,
    markdown: false,
    dropped,
    ...linkOf(group, payload),
    ...(groupKey !== '' && { key: `alertmanager/${hashOf(JSON.stringify([externalURL, groupKey]))}` }),
    data: { labels: labelsOf(payload) },
  };
}

function titleOf({ isResolved, firing, name }: AlertGroup, payload: Fields): string {
  const words = name ?? firstOf(textAt(payload, 'receiver')) ?? 'alerts';
  return isResolved ? `[RESOLVED] ${words}` : `[FIRING:${firing.length}] ${words}`;
}

/** The address of the first firing alert in Prometheus, or else that of Alertmanager. */
function linkOf({ alerts: [first] }: AlertGroup, payload: Fields): Partial<ForeignMessage> {
  const urls = [textAt(first ?? {}, 'generatorURL'), textAt(payload, 'externalURL')].filter(isSafeUrl);
  const runbook = textAt(first ?? {}, 'annotations.runbook_url');
  return {
    ...(urls[0] !== undefined && { url: urls[0] }),
    ...(isSafeUrl(runbook) && { actions: [{ label: 'Runbook', url: runbook }] }),
  };
}

function labelsOf(payload: Fields): Fields | undefined {
  const labels = fieldsAt(payload, 'commonLabels');
  return Object.keys(labels).length > 0 ? labels : undefined;
}
