import { type ErrorParams, type FieldCode, TEMPLATE_DEPTH_MAX, TEMPLATE_TAGS_MAX } from '@herald/protocol';
import mustache from 'mustache';

/** A part of a text. The names of a path are those between its dots; the path `.` has none. */
export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'value'; readonly path: readonly string[]; readonly isRaw: boolean }
  | {
      readonly kind: 'section';
      readonly path: readonly string[];
      readonly isInverted: boolean;
      readonly parts: readonly TemplatePart[];
    };

/** A reason why a text is no template. `params.position` is an offset in UTF-16 code units. */
export interface TemplateFault {
  readonly code: FieldCode;
  readonly reason: string;
  readonly params: ErrorParams;
}

/** Type, value and start; a section also has its end and its tokens. */
type Token = [type: string, value: string, start: number, end: number, tokens?: Token[]];

const DELIMITERS: [string, string] = ['{{', '}}'];
/** Opening braces whose tag does not end soon. The parser would take quadratic time for a long one. */
const UNCLOSED = /\{\{(?!\{[^{}]{0,200}\}\}\}|[^{}]{0,200}\}\})/;
/** With other delimiters, none of the limits here would hold for the rest of the text. */
const DELIMITERS_TAG = /\{\{\s*=/;
/** A tag; if it opens or closes a section, with the mark for it. */
const TAG = /\{\{(?:\{[^{}]*\}\}\}|\s*([#^/]?)[^{}]*\}\})/g;
const SECTION_ERROR = /^(Unopened|Unclosed) section "([^]*)" at (\d+)$/;

/** Without the cache of the library, which has no limit. */
const parser = Object.assign(new mustache.Writer(), { templateCache: undefined });

/**
 * The parts of a text in the language of Mustache, without partials and other delimiters. The caller limits the length
 * of the text; one of 4,000 characters takes milliseconds at most.
 */
export function templateParts(text: string): readonly TemplatePart[] | TemplateFault {
  const unclosed = text.search(UNCLOSED);
  if (unclosed !== -1) return unclosedTag(unclosed);
  const delimiters = text.search(DELIMITERS_TAG);
  if (delimiters !== -1) return unsupported('=', delimiters).fault;
  try {
    const count = { tags: 0 };
    return partsOf(parser.parse(text, DELIMITERS) as Token[], count, 1);
  } catch (error) {
    return error instanceof Refused ? error.fault : faultOf(text, error as Error);
  }
}

export function isTemplateFault(parts: readonly TemplatePart[] | TemplateFault): parts is TemplateFault {
  return 'code' in parts;
}

class Refused extends Error {
  constructor(readonly fault: TemplateFault) {
    super(fault.reason);
  }
}

/** @throws Refused */
function partsOf(tokens: readonly Token[], count: { tags: number }, depth: number): TemplatePart[] {
  return tokens.flatMap((token) => {
    const [type, value, position] = token;
    if (type === 'text') return [{ kind: 'text' as const, text: value }];
    if (++count.tags > TEMPLATE_TAGS_MAX) throw tooManyTags(position);
    return partOf(token, count, depth);
  });
}

/** @throws Refused */
function partOf([type, value, position, , tokens = []]: Token, count: { tags: number }, depth: number): TemplatePart[] {
  const path = value === '.' ? [] : value.split('.');
  switch (type) {
    case '!':
      return [];
    case 'name':
    case '&':
      return [{ kind: 'value', path, isRaw: type === '&' }];
    case '#':
    case '^':
      if (depth > TEMPLATE_DEPTH_MAX) throw tooDeep(position);
      return [{ kind: 'section', path, isInverted: type === '^', parts: partsOf(tokens, count, depth + 1) }];
    default:
      throw unsupported(type, position);
  }
}

/** The errors of the parser, all of which are faults of sections. @throws Error if it is another one */
function faultOf(text: string, error: Error): TemplateFault {
  const [, fault, name = '', position] = SECTION_ERROR.exec(error.message) ?? [];
  if (fault === undefined) throw error;
  if (fault === 'Unopened') {
    return positioned('unopened_section', `closes {{/${name}}}, which is not open`, Number(position), { name });
  }
  const opening = openSectionAt(Number(position), text);
  return positioned('unclosed_section', `does not close {{#${name}}}`, opening, { name });
}

/** Start of the innermost section that is open at `end`. The parser tells only where it missed the closing tag. */
function openSectionAt(end: number, text: string): number {
  const open: number[] = [];
  for (const { 1: mark, index } of text.slice(0, end).matchAll(TAG)) {
    if (mark === '/') open.pop();
    else if (mark) open.push(index);
  }
  return open.at(-1) ?? 0;
}

function unclosedTag(position: number): TemplateFault {
  return positioned('unclosed_tag', 'must close each tag by }} within 200 characters', position);
}

function tooManyTags(position: number): Refused {
  const max = TEMPLATE_TAGS_MAX;
  return new Refused(positioned('too_many_tags', `must have at most ${max} tags`, position, { max }));
}

function tooDeep(position: number): Refused {
  const max = TEMPLATE_DEPTH_MAX;
  return new Refused(
    positioned('sections_too_deep', `must not nest sections more than ${max} levels deep`, position, { max }),
  );
}

/** Partials and other delimiters. */
function unsupported(tag: string, position: number): Refused {
  return new Refused(positioned('unsupported_tag', `must not have tags that begin with ${tag}`, position, { tag }));
}

function positioned(code: FieldCode, reason: string, position: number, params: ErrorParams = {}): TemplateFault {
  return { code, reason, params: { ...params, position } };
}
