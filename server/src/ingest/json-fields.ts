import { faultOfJsonSize } from '../http/json-size.js';
import { invalidRequest } from '../validation/invalid-request.js';
import { textOf } from './text-of.js';

/**
 * UTF-16 code units that are read of a text, before anything matches it. The longest stored text, a message, has 4,000.
 */
export const FOREIGN_TEXT_MAX = 16_384;

export type Fields = Record<string, unknown>;

/**
 * The fields of a JSON object.
 * @param valuesMax values that it may have
 * @throws Refusal invalid_request when it is no object, or has too many values
 */
export function jsonFields(body: Buffer, valuesMax?: number): Fields {
  const size = faultOfJsonSize(body, undefined, [], valuesMax);
  if (size !== undefined) throw invalidRequest([size]);
  let fields: unknown;
  try {
    fields = JSON.parse(textOf(body));
  } catch {
    // Refused below.
  }
  if (isFields(fields)) return fields;
  throw invalidRequest([{ field: 'body', code: 'invalid_json', reason: 'body is not a JSON object' }]);
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects of a list; none if it is not a list. */
export function listOf(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : [];
}

export function withoutUndefined<Given extends object>(fields: Given): Partial<Given> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<Given>;
}

/** A text, or a number as text, of bounded length; undefined for anything else. */
export function asText(value: unknown): string | undefined {
  if (typeof value === 'string') return value.slice(0, FOREIGN_TEXT_MAX);
  return typeof value === 'number' ? String(value) : undefined;
}
