import type { Notification, Priority } from '@herald/protocol';
import type { StoredApp } from '../../repository/app-repository.js';
import { type Fields, isFields } from '../json-fields.js';
import { gotifyPriority } from './gotify-message.js';

/** Numbers that Gotify's clients show as the priorities of Herald do. */
const NUMBERS: Record<Priority, number> = { low: 2, medium: 5, high: 8 };
/** Numbers of one millisecond. With them, an id stays a safe integer until the year 2248. */
const PER_MS = 1024;

/** A stored notification as Gotify answers it, with the extras and the priority that were sent. */
export function gotifyAnswer(stored: Notification, app: StoredApp, sent: Fields): object {
  const { id, message, title, priority, createdAt: date } = stored;
  return {
    ...{ id: numberOf(id), appid: app.id, message, title, date },
    priority: gotifyPriority(sent) ?? NUMBERS[priority],
    ...(isFields(sent['extras']) && { extras: sent['extras'] }),
  };
}

/**
 * A whole number for the id of a notification: the millisecond of the id, and the last ten bits of its sequence. It is the same
 * at every server and after a restart, so nothing has to be stored.
 */
export function numberOf(id: string): number {
  const hex = id.replaceAll('-', '');
  const ms = Number.parseInt(hex.slice(0, 12), 16);
  // The last two of these 16 bits are random.
  const sequence = Number.parseInt(hex.slice(18, 22), 16) >> 2;
  return ms * PER_MS + (sequence % PER_MS);
}
