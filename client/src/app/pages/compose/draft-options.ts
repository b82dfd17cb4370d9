import type { Action, NotificationDraft } from '@herald/protocol';

/** Option fields of the form, as typed. */
export interface OptionFields {
  url: string;
  tags: string;
  key: string;
  expiresAt: string;
  deliverAt: string;
  markdown: boolean;
  requiresAck: boolean;
  actions: { label: string; target: string }[];
}

/** Options of a draft, without empty fields. */
export function readOptions(fields: OptionFields): Partial<NotificationDraft> {
  const tags = fields.tags.split(/[\s,]+/).filter((tag) => tag !== '');
  const actions = fields.actions.filter(({ label, target }) => label !== '' || target !== '').map(toAction);
  return {
    ...(fields.url !== '' && { url: fields.url }),
    ...(tags.length > 0 && { tags }),
    ...(actions.length > 0 && { actions }),
    ...(fields.key !== '' && { key: fields.key }),
    ...(fields.expiresAt !== '' && { expiresAt: toInstant(fields.expiresAt) }),
    ...(fields.deliverAt !== '' && { deliverAt: toInstant(fields.deliverAt) }),
    ...(fields.markdown && { markdown: true }),
    ...(fields.requiresAck && { requiresAck: true }),
  };
}

/** A single word is an event; anything else counts as an address, so the server can say what is wrong with it. */
function toAction({ label, target }: { label: string; target: string }): Action {
  return /[:/]/.test(target) ? { label, url: target } : { label, event: target };
}

/** @param local value of a datetime field, in the local time zone */
const toInstant = (local: string): string => new Date(local).toISOString();
