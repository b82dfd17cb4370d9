import type { Action } from '@herald/protocol';
import { asText, type Fields, isFields } from '../json-fields.js';

const POSITIONS = ['action', 'label', 'url'];
const PAIR = /^\s*(\w[\w.]*)\s*=([^]*)$/;
const QUOTES = ['"', "'"];
/** Ends where a value begins, which is the only place where quotes mean something. */
const VALUE_START = /(?:^|[=,])\s*$/;
/** Spaces before a quote that are looked at. */
const SPACES_MAX = 32;

/** Actions that Herald has, and how many were given. */
export interface ReadActions {
  readonly actions: readonly Action[];
  readonly count: number;
  /** Whether one of them calls an address, which Herald does not. */
  readonly hasCall: boolean;
}

/**
 * Reads actions of ntfy: a list, its JSON, or `view, Label, https://…; http, …`. A `view` opens its address, and the
 * receipts tell the sender of an `http` that was chosen. There is no counterpart of the others.
 */
export function readActions(given: unknown): ReadActions {
  const all = listOf(given);
  const actions = all.flatMap((fields): Action[] => {
    const label = asText(fields['label']) ?? '';
    if (fields['action'] === 'view') return [{ label, url: asText(fields['url']) ?? '' }];
    return fields['action'] === 'http' ? [{ label, event: 'http' }] : [];
  });
  return { actions, count: all.length, hasCall: all.some(({ action }) => action === 'http') };
}

function listOf(given: unknown): Fields[] {
  if (Array.isArray(given)) return given.filter(isFields);
  if (typeof given !== 'string' || given.trim() === '') return [];
  if (!given.trim().startsWith('[')) return split(given, ';').map(fieldsOf);
  try {
    return listOf(JSON.parse(given) as unknown);
  } catch {
    return [{}];
  }
}

function fieldsOf(action: string): Fields {
  const fields: Fields = {};
  for (const [index, part] of split(action, ',').entries()) {
    const [, name, value = ''] = PAIR.exec(part) ?? [];
    const position = POSITIONS[index];
    if (name !== undefined && (position === undefined || POSITIONS.includes(name))) fields[name] = unquoted(value);
    else if (position !== undefined) fields[position] = unquoted(part);
  }
  return fields;
}

/** The parts between separators that are in no quotes. */
function split(text: string, separator: string): string[] {
  const parts: string[] = [];
  let start = 0;
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (quote === '' && character === separator) {
      parts.push(text.slice(start, at));
      start = at + 1;
    } else if (quote === '' && QUOTES.includes(character)) {
      // A slice of the text: to slice a part that grows would copy it for each quote.
      if (VALUE_START.test(text.slice(Math.max(start, at - SPACES_MAX), at))) quote = character;
    } else if (character === quote) quote = '';
  }
  return [...parts, text.slice(start)].filter((one) => one.trim() !== '');
}

function unquoted(text: string): string {
  return text.trim().replace(/^(["'])([^]*)\1$/, '$2');
}
