import { asText, type Fields, isFields, listOf } from '../json-fields.js';

/** The value at a path of names, such as `repository.full_name`; undefined if there is none. */
function valueAt(payload: Fields, path: string): unknown {
  let value: unknown = payload;
  for (const name of path.split('.')) value = isFields(value) ? value[name] : undefined;
  return value;
}

/** The text at a path, or a number as text; empty if there is none. */
export function textAt(payload: Fields, path: string): string {
  return asText(valueAt(payload, path)) ?? '';
}

/** The objects of the list at a path; none if there is no list. */
export function listAt(payload: Fields, path: string): Fields[] {
  return listOf(valueAt(payload, path));
}

/** The object at a path; empty if there is none. */
export function fieldsAt(payload: Fields, path: string): Fields {
  const value = valueAt(payload, path);
  return isFields(value) ? value : {};
}

/** The first text that is not blank; undefined if all are. */
export function firstOf(...texts: string[]): string | undefined {
  return texts.find((text) => text.trim() !== '');
}

/** A text and a name in brackets; each may be blank. */
export function withName(text: string, name: string): string {
  return [text, name === '' ? '' : `(${name})`].filter((part) => part !== '').join(' ');
}

/** A text on one line. */
export function onOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
