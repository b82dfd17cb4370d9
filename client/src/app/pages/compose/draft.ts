import { type Priority, PRIORITIES } from '@herald/protocol';
import { type OptionFields, readOptions } from './draft-options';

/** Fields of the form, as typed. */
export interface Draft {
  /** Null while it is what the form begins with. */
  audience: string[] | null;
  title: string;
  message: string;
  priority: Priority;
  category: string;
  options: OptionFields;
}

/**
 * Whether there is nothing that a person would miss. Recipients, priority and category alone are no draft: the form
 * keeps them after a notification was sent.
 */
export function isEmpty({ title, message, options }: Draft): boolean {
  return title === '' && message === '' && !hasOptions(options);
}

export function hasOptions({ expiresAt, deliverAt, ...options }: OptionFields): boolean {
  const others = readOptions({ ...options, expiresAt: '', deliverAt: '' });
  return expiresAt !== '' || deliverAt !== '' || Object.keys(others).length > 0;
}

/** @returns null for anything that is not a draft */
export function parseDraft(text: string): Draft | null {
  const draft = parsed(text) as Partial<Draft> | null;
  if (typeof draft !== 'object' || draft === null) return null;
  const { audience, title, message, priority, category, options } = draft;
  const isComplete =
    [title, message, category].every(isText) &&
    PRIORITIES.some((one) => one === priority) &&
    (audience === null || areTexts(audience)) &&
    areOptions(options);
  return isComplete ? (draft as Draft) : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function areOptions(options: Partial<OptionFields> | null | undefined): boolean {
  if (options === null || options === undefined) return false;
  const { url, tags, key, expiresAt, deliverAt, markdown, requiresAck, actions } = options;
  return (
    areTexts([url, tags, key, expiresAt, deliverAt]) &&
    [markdown, requiresAck].every((value) => typeof value === 'boolean') &&
    Array.isArray(actions) &&
    actions.every((action: Partial<OptionFields['actions'][number]> | null) =>
      areTexts([action?.label, action?.target]),
    )
  );
}

function areTexts(values: unknown): boolean {
  return Array.isArray(values) && values.every(isText);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
