import type { Priority } from '@herald/protocol';
import { type ForeignMessage, isSafeUrl } from '../fitted-draft.js';
import { fittedKey } from '../fitted-key.js';
import type { Fields } from '../json-fields.js';
import { firstOf, textAt } from './payload.js';

/** By the status of a heartbeat. */
const STATES = new Map<string, { word: string; priority: Priority }>([
  ['0', { word: 'down', priority: 'high' }],
  ['1', { word: 'up', priority: 'low' }],
  ['2', { word: 'pending', priority: 'low' }],
  ['3', { word: 'under maintenance', priority: 'low' }],
]);

/** A change of a monitor of Uptime Kuma, which replaces the one before. Tests and expiring certificates have no monitor. */
export function uptimeKuma(payload: Fields): ForeignMessage {
  const name = firstOf(textAt(payload, 'monitor.name'));
  const id = textAt(payload, 'monitor.id');
  const url = textAt(payload, 'monitor.url');
  const state = STATES.get(textAt(payload, 'heartbeat.status'));
  const title = name === undefined || state === undefined ? name : `${name} ${state.word}`;
  return {
    ...{ title, markdown: false },
    message: firstOf(textAt(payload, 'msg'), textAt(payload, 'heartbeat.msg')) ?? title ?? '',
    ...(state !== undefined && { priority: state.priority }),
    // Monitors of other types than HTTP have an address without a host.
    ...(isSafeUrl(url) && { url }),
    ...(id !== '' && { key: fittedKey(`uptime-kuma/${id}`) }),
  };
}
