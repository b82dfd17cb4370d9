import { type AppNotificationDraft, MESSAGE_MAX, type NotificationDraft, TITLE_MAX } from '@herald/protocol';
import { hostname } from 'node:os';
import { tell } from '../standard-output.ts';

const DEFAULT_CATEGORY = 'general';
/**
 * Characters that the server refuses in a message: the controls of terminals, but for tabs and ends of lines, and those
 * that turn the direction of text.
 */
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e]/g;

/** A notification for a key as it is; one of a person needs what an app would have as defaults. */
export function completed(draft: AppNotificationDraft, hasKey: boolean): AppNotificationDraft | NotificationDraft {
  if (hasKey) return draft;
  const title = hostname().slice(0, TITLE_MAX);
  return { title, priority: 'medium', category: DEFAULT_CATEGORY, ...draft };
}

/** The text of a command or a pipe as a message: without control characters, and cut at what a message may have. */
export function messageOf(text: string): string {
  const message = plain(text).trim();
  if (message.length <= MESSAGE_MAX) return message;
  tell(`The message is longer than ${MESSAGE_MAX} characters: its end was cut`);
  return `${message.slice(0, MESSAGE_MAX - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

export function plain(text: string): string {
  return text.toWellFormed().replace(CONTROLS, '');
}
