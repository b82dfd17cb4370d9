import type { FieldError } from '@herald/protocol';
import { tooManyItems } from '../validation/item-count.js';

/** Levels of nested objects and arrays. The deepest valid body has four. */
const DEPTH_MAX = 32;
/** Values in a body of the API that is a single object. The largest valid one names 500 notifications. */
const VALUES_MAX = 1000;
/**
 * Values in one item of a body that is an array: the 50 of the largest notification without `data`, and 14 more.
 */
const ITEM_VALUES_MAX = 64;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN_ARRAY = 0x5b;
const SPACE = 0x20;

const isOpening = markers('[{');
const isMarker = markers('[{]},"');

/**
 * Counts the values of a JSON text before it is parsed: one for each comma and each opening bracket. It loops over the
 * bytes without recursion and stops at the first fault. It does not detect broken JSON.
 * @param itemsMax items that a top-level array may have, each with its own budget; undefined if the body is a single
 * object
 * @param commas receives the offsets of the commas between such items
 * @param objectValuesMax values in a body that is a single object
 */
export function faultOfJsonSize(
  json: Uint8Array,
  itemsMax?: number,
  commas: number[] = [],
  objectValuesMax = VALUES_MAX,
): FieldError | undefined {
  const hasItems = itemsMax !== undefined && firstByte(json) === OPEN_ARRAY;
  const valuesMax = hasItems ? ITEM_VALUES_MAX : objectValuesMax;
  let depth = 0;
  let values = 0;
  let index = 0;
  for (let at = 0; at < json.length; at++) {
    const byte = json[at] ?? 0;
    if (isMarker[byte] === 0) continue;
    if (byte === QUOTE) {
      at = endOfString(json, at);
    } else if (byte === COMMA && hasItems && depth === 1) {
      if (++index === itemsMax) return tooManyItems(itemsMax);
      commas.push(at);
      values = 0;
    } else if (byte === COMMA) {
      values++;
    } else if (isOpening[byte] === 1) {
      if (++depth > DEPTH_MAX) return tooDeep();
      values++;
    } else {
      depth--;
    }
    if (values > valuesMax) return tooManyValues(hasItems ? `[${index}]` : 'body', valuesMax);
  }
  return undefined;
}

function tooDeep(): FieldError {
  const reason = `body is nested more than ${DEPTH_MAX} levels deep`;
  return { field: 'body', code: 'body_too_deep', reason, params: { max: DEPTH_MAX } };
}

function tooManyValues(field: string, max: number): FieldError {
  return { field, code: 'too_many_values', reason: `${field} has more than ${max} values`, params: { max } };
}

/** @returns index of the closing quote of the string that begins at `start` */
function endOfString(json: Uint8Array, start: number): number {
  let at = start + 1;
  while (at < json.length && json[at] !== QUOTE) at += json[at] === BACKSLASH ? 2 : 1;
  return at;
}

/** The first byte that is not white space. */
function firstByte(json: Uint8Array): number | undefined {
  let at = 0;
  while (at < json.length && (json[at] ?? 0) <= SPACE) at++;
  return json[at];
}

/** @returns 1 at the code of each of these characters, else 0 */
function markers(characters: string): Uint8Array {
  const marks = new Uint8Array(256);
  for (const character of characters) marks[character.charCodeAt(0)] = 1;
  return marks;
}
