import { asText } from '../json-fields.js';
import type { TemplatePart } from './template-text.js';

/** Limits of one text. Sections over long lists within each other would visit billions of parts. */
export interface RenderLimits {
  /** Parts and items of lists that it may visit. */
  readonly steps: number;
  /** Most UTF-16 code units. */
  readonly length: number;
}

export interface RenderedText {
  readonly text: string;
  /** Whether a limit has ended it. */
  readonly isCut: boolean;
}

/**
 * Renders a text of a template. Only own properties of the payload are found, and nothing of it is called.
 * @param escape makes a value safe for the format of the text
 */
export function render(
  parts: readonly TemplatePart[],
  payload: object,
  limits: RenderLimits,
  escape: (value: string) => string,
): RenderedText {
  const rendering = new Rendering(limits, escape);
  rendering.write(parts, [payload]);
  return rendering.result;
}

/** One text while it grows. Once a limit is reached, nothing more is visited. */
class Rendering {
  #text = '';
  #isCut = false;
  #steps = 0;

  constructor(
    private readonly limits: RenderLimits,
    private readonly escape: (value: string) => string,
  ) {}

  get result(): RenderedText {
    return { text: this.#text, isCut: this.#isCut };
  }

  /** @param contexts values in which names are looked up, the innermost one last */
  write(parts: readonly TemplatePart[], contexts: readonly unknown[]): void {
    for (const part of parts) {
      if (!this.#step()) return;
      if (part.kind === 'text') this.#append(part.text);
      else if (part.kind === 'section') this.#writeSection(part, contexts);
      else this.#writeValue(textOf(valueAt(part.path, contexts)), part.isRaw);
    }
  }

  #writeValue(value: string, isRaw: boolean): void {
    this.#append(isRaw ? value : this.escape(value));
  }

  #writeSection(section: Extract<TemplatePart, { kind: 'section' }>, contexts: readonly unknown[]): void {
    const value = valueAt(section.path, contexts);
    if (section.isInverted !== isNothing(value)) return;
    if (section.isInverted) {
      this.write(section.parts, contexts);
      return;
    }
    for (const item of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (!this.#step()) return;
      this.write(section.parts, [...contexts, item]);
    }
  }

  #step(): boolean {
    this.#steps += 1;
    if (this.#steps > this.limits.steps) this.#isCut = true;
    return !this.#isCut;
  }

  #append(text: string): void {
    const room = this.limits.length - this.#text.length;
    this.#text += text.slice(0, room);
    if (text.length > room) this.#isCut = true;
  }
}

/** The value at a path: its first name is looked up in the contexts, the others in what was found. */
function valueAt([first, ...rest]: readonly string[], contexts: readonly unknown[]): unknown {
  if (first === undefined) return contexts.at(-1);
  const context = contexts.findLast((one) => has(one, first));
  return rest.reduce<unknown>((value, name) => memberOf(value, name), memberOf(context, first));
}

function has(value: unknown, name: string): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name);
}

function memberOf(value: unknown, name: string): unknown {
  return has(value, name) ? value[name] : undefined;
}

/** Whether a section of this value is left out, and an inverted one is not. */
function isNothing(value: unknown): boolean {
  return Array.isArray(value) ? value.length === 0 : !value;
}

/** Objects and lists have no text: a section reads them. */
function textOf(value: unknown): string {
  return typeof value === 'boolean' ? String(value) : (asText(value) ?? '');
}
