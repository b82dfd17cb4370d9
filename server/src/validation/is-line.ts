import { applyDecorators } from '@nestjs/common';
import { matches, Must, type Rule } from './rule.js';

/** A visible character. U+2800 is the braille pattern without dots. */
const VISIBLE = /[^\s\p{Cc}\p{Cf}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/u;
/** Control characters except white space, which pages show as a space. */
const CONTROLS = /[^\t\n\r\P{Cc}]/gu;
/**
 * Embeddings, overrides and isolates. The marks U+200E, U+200F and U+061C are allowed: they do not reorder other
 * characters.
 */
const BIDI_CONTROLS = /[\u202a-\u202e\u2066-\u2069]/g;
const BIDI_OVERRIDES = /[\u202a-\u202e]/g;

/** For `Rule.holds`: the value is a text without these characters. `search` ignores `lastIndex`. */
function without(characters: RegExp): Rule['holds'] {
  return (value) => typeof value === 'string' && value.search(characters) === -1;
}

const visible: Rule = { code: 'blank', holds: matches(VISIBLE), reason: '$property must not be blank' };
const withoutControls: Rule = {
  code: 'control_characters',
  holds: without(CONTROLS),
  reason: '$property must not have control characters',
};
const withoutBidi = (pattern: RegExp): Rule => ({
  code: 'bidi_characters',
  holds: without(pattern),
  reason: '$property must not have characters that change the direction of text',
});

/** Requires a text that is safe to show as a line among others: visible, and displayed in its stored order. */
export function IsLine(): PropertyDecorator {
  return applyDecorators(Must(visible), Must(withoutControls), Must(withoutBidi(BIDI_CONTROLS)));
}

/**
 * Requires a text that is safe to show as paragraphs. Isolates are allowed: translation libraries put them around
 * inserted values, and they end with their paragraph. Embeddings and overrides can disguise a text, and Unicode advises
 * against them.
 */
export function IsProse(): PropertyDecorator {
  return applyDecorators(Must(visible), Must(withoutBidi(BIDI_OVERRIDES)));
}

/** The text without the characters that `IsLine` refuses. */
export function asLine(text: string): string {
  return text.toWellFormed().replace(CONTROLS, '').replace(BIDI_CONTROLS, '');
}

/** The text without NUL and without the characters that `IsProse` refuses. */
export function asProse(text: string): string {
  return text.toWellFormed().replaceAll('\0', '').replace(BIDI_OVERRIDES, '');
}

/** Whether a text has a visible character, which `IsLine` and `IsProse` require. */
export function isVisible(text: string): boolean {
  return VISIBLE.test(text);
}
