import type { Action, NotificationDraft } from '../../../../protocol/notification';

/** What the form has beside the plain fields; all as a person left it. */
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

/** The options of a draft, without what was left empty. */
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

/** What is a word is an event; everything else is meant as an address, and the server says what is wrong with it. */
function toAction({ label, target }: { label: string; target: string }): Action {
  return /[:/]/.test(target) ? { label, url: target } : { label, event: target };
}

/** @param local as a field for date and time has it, in the time of this computer */
const toInstant = (local: string): string => new Date(local).toISOString();
