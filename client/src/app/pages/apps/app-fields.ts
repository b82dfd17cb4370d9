import { fieldTime } from '#app/forms/field-time';
import { wordsIn } from '#app/forms/words-in';
import type { AppChange, AppDraft } from '@herald/client/api';
import { type App, type AppScope, type Priority, userChannel } from '@herald/protocol';

/** Priority of notifications that have none, neither from the program nor from its app. */
const USUAL_PRIORITY = 'medium';

/** Fields of the form, as typed. */
export interface AppFields {
  audience: string[];
  category: string;
  defaultPriority: Priority;
  tags: string;
  markdown: boolean;
  /** In the local time zone; empty: never. */
  expiresAt: string;
}

/** An app sends to its owner alone, unless they choose more. */
export function newFields(owner: string): AppFields {
  return { ...NOTHING, audience: [userChannel(owner)] };
}

export function fieldsOf({ audience, category, defaultPriority, tags, markdown, expiresAt }: App): AppFields {
  return {
    audience,
    category: category ?? '',
    defaultPriority: defaultPriority ?? USUAL_PRIORITY,
    tags: (tags ?? []).join(' '),
    markdown: markdown ?? false,
    expiresAt: expiresAt === undefined ? '' : fieldTime(Date.parse(expiresAt)),
  };
}

export function draftOf(name: string, scope: AppScope, fields: AppFields): AppDraft {
  // A draft that reads drops fields that are only for sending; they may have been filled in before.
  if (scope === 'read') return { name, scope, ...changeOf(NOTHING, { ...NOTHING, expiresAt: fields.expiresAt }) };
  return { name, scope, ...changeOf(NOTHING, fields), audience: fields.audience };
}

/** The fields that differ: others may have changed elsewhere since the list was loaded. */
export function changeOf(before: AppFields, after: AppFields): AppChange {
  const known = new Map(Object.entries(valuesOf(before)).map(([field, value]) => [field, JSON.stringify(value)]));
  const changed = Object.entries(valuesOf(after)).filter(
    ([field, value]) => known.get(field) !== JSON.stringify(value),
  );
  return Object.fromEntries(changed);
}

const NOTHING: AppFields = {
  audience: [],
  category: '',
  defaultPriority: USUAL_PRIORITY,
  tags: '',
  markdown: false,
  expiresAt: '',
};

function valuesOf({ audience, category, defaultPriority, tags, markdown, expiresAt }: AppFields): Required<AppChange> {
  return {
    audience,
    category: category.trim() === '' ? null : category.trim(),
    defaultPriority: defaultPriority === USUAL_PRIORITY ? null : defaultPriority,
    tags: wordsIn(tags),
    markdown,
    expiresAt: expiresAt === '' ? null : new Date(expiresAt).toISOString(),
  };
}
