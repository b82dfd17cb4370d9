import { personalKey } from '#app/platform/personal-keys';
import { newTemplateFields, type TemplateFields } from './template-fields';

/** Values of the form, as typed, and the version that they are to replace. */
export interface UnsavedTemplate {
  fields: TemplateFields;
  /** `changedAt` of that version; null for a new template. */
  changedAt: string | null;
}

/**
 * Key of a template in the storage of this browser. No name of a person has a slash.
 * @param template its name; undefined for a new one
 */
export function unsavedTemplateKey(username: string, app: number, template?: string): string {
  return personalKey('draft', `${username}/apps/${app}/${template ?? ''}`);
}

/** @returns null for anything that is not an unsaved template */
export function parseUnsavedTemplate(text: string): UnsavedTemplate | null {
  const { fields, changedAt } = parsed(text) ?? {};
  const isComplete = areFields(fields) && (changedAt === null || typeof changedAt === 'string');
  return isComplete ? { fields, changedAt } : null;
}

export function areSameFields(some: TemplateFields, others: TemplateFields): boolean {
  return Object.entries(some).every(([field, text]) => others[field as keyof TemplateFields] === text);
}

function areFields(value: unknown): value is TemplateFields {
  if (typeof value !== 'object' || value === null) return false;
  const fields = value as Record<string, unknown>;
  return Object.keys(newTemplateFields()).every((name) => typeof fields[name] === 'string');
}

function parsed(text: string): Record<string, unknown> | null {
  try {
    return JSON.parse(text) as Record<string, unknown> | null;
  } catch {
    return null;
  }
}
