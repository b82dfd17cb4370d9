import { type AppNotificationDraft, MESSAGE_MAX, type NotificationDraft, TITLE_MAX } from '@herald/protocol';
import { hostname } from 'node:os';
import { plainText } from '../plain-text.ts';
import { tell } from '../standard-output.ts';

const DEFAULT_CATEGORY = 'general';

/** A notification for a key as it is; one of a person needs what an app would have as defaults. */
export function completed(draft: AppNotificationDraft, hasKey: boolean): AppNotificationDraft | NotificationDraft {
  if (hasKey) return draft;
  const title = hostname().slice(0, TITLE_MAX);
  return { title, priority: 'medium', category: DEFAULT_CATEGORY, ...draft };
}

/** The text of a command or a pipe as a message: without control characters, and cut at what a message may have. */
export function messageOf(text: string): string {
  const message = plainText(text).trim();
  if (message.length <= MESSAGE_MAX) return message;
  tell(`The message is longer than ${MESSAGE_MAX} characters: its end was cut`);
  return `${message.slice(0, MESSAGE_MAX - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
