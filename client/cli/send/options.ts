import type { AppNotificationDraft, Priority } from '@herald/protocol';
import { InvalidArgumentError } from 'commander';

/** Options that describe a notification. */
export interface DraftOptions {
  title?: string;
  priority?: Priority;
  category?: string;
  tags?: string[];
  url?: string;
  markdown?: true;
  at?: string;
  to?: string[];
  replace?: string;
}

/** The fields that the options name. Absent ones are left to the defaults of the app. */
export function fieldsOf(options: DraftOptions): Partial<AppNotificationDraft> {
  const { title, priority, category, tags, url, markdown, at, to, replace } = options;
  const fields = { title, priority, category, tags, url, markdown, deliverAt: at, audience: to, key: replace };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** Collects an option that may be given several times. */
export function collect(value: string, before: string[] = []): string[] {
  return [...before, value];
}

/** Words that are separated by commas. */
export function collectWords(value: string, before: string[] = []): string[] {
  const words = value.split(',').map((word) => word.trim());
  return [...before, ...words.filter((word) => word !== '')];
}

export function countOf(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError('It is a number from 1.');
  return Number(text);
}
