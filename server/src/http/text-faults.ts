import type { FieldError } from '@herald/protocol';

/** UTF-16 code units in one text of a body. The longest stored text, a message, has 4,000. */
const TEXT_MAX = 16_384;
/** Characters in the name of a field, which refusals repeat. */
const NAME_MAX = 256;
/** Path of the body, or of an item of it. */
const ITEM = /^(?:\[\d+\])?$/;

/**
 * Checks all texts and field names of a parsed body, without recursion. Texts with lone surrogates, which UTF-8 can't
 * encode, or with NUL, which PostgreSQL can't store, are refused, and very long ones before anything normalises or
 * matches them.
 * @param item path of the checked value, if it is an item of the body
 * @param fields fields of the body or its items whose texts are checked; undefined: all. Names of fields are always
 * checked
 */
export function faultOfTexts(body: unknown, item = '', fields?: readonly string[]): FieldError | undefined {
  const left = [{ path: item, value: body }];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { path, value } = next;
    const at = path === '' ? 'body' : path;
    if (typeof value === 'string') {
      const fault = faultOfText(value, TEXT_MAX);
      if (fault !== undefined) return { field: at, ...fault, reason: `${at.split('.').at(-1)} ${fault.reason}` };
    }
    if (typeof value !== 'object' || value === null) continue;
    for (const [name, inner] of Object.entries(value)) {
      const fault = faultOfText(name, NAME_MAX);
      if (fault !== undefined) return { field: at, ...fault, reason: `the name of a field ${fault.reason}` };
      const isIndex = Array.isArray(value);
      if (fields !== undefined && !isIndex && ITEM.test(path) && !fields.includes(name)) continue;
      left.push({ path: pathOf(path, name, isIndex), value: inner });
    }
  }
  return undefined;
}

/** The name of a field in a refusal: `[3].title` in a top-level array, `actions.1.label` in a nested one. */
function pathOf(path: string, name: string, isIndex: boolean): string {
  if (path === '') return isIndex ? `[${name}]` : name;
  return `${path}.${name}`;
}

function faultOfText(text: string, max: number): Omit<FieldError, 'field'> | undefined {
  if (text.length > max) return { code: 'too_long', reason: `must have at most ${max} characters`, params: { max } };
  if (!text.isWellFormed()) return { code: 'malformed_unicode', reason: 'must be well-formed Unicode' };
  if (text.includes('\0')) return { code: 'control_characters', reason: 'must not have NUL characters' };
  return undefined;
}
