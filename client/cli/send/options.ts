import type { AppNotificationDraft, Priority } from '@herald/protocol';
import { type Command, InvalidArgumentError } from 'commander';

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

/** Adds the options that `send` and `run` share. */
export function addSharedOptions(command: Command): Command {
  return command
    .option('-T, --tags <words>', 'tags, separated by commas', collectWords)
    .option('-c, --category <word>', 'category')
    .option('--to <channel>', 'everyone, user:ada, role:ops or topic:builds; for several, repeat it', collect)
    .option('--replace <key>', 'takes the place of the last notification with this key')
    .option('--tries <count>', 'tries in all, if the server is busy or does not answer', countOf, 5);
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
function collectWords(value: string, before: string[] = []): string[] {
  const words = value.split(',').map((word) => word.trim());
  return [...before, ...words.filter((word) => word !== '')];
}

function countOf(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError('It is a number from 1.');
  return Number(text);
}
