import { applyDecorators } from '@nestjs/common';
import { Matches } from 'class-validator';

/** A character that can be seen: U+2800 is the braille pattern without dots. */
const VISIBLE = /[^\s\p{Cc}\p{Cf}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/u;
/** Controls, white space excepted, which a page shows as a space. */
const NO_CONTROLS = /^(?:[\t\n\r]|\P{Cc})*$/u;
/** Embeddings, overrides and isolates. The marks U+200E, U+200F and U+061C are not among them: they reorder nothing beyond themselves. */
const NO_BIDI_CONTROLS = /^[^\u202a-\u202e\u2066-\u2069]*$/;
const NO_BIDI_OVERRIDES = /^[^\u202a-\u202e]*$/;
const BIDI = { message: '$property must not hold characters that turn the direction of text' };

/** Not blank for who looks at it. Of several reasons the first is told. */
export function IsVisible(): PropertyDecorator {
  return Matches(VISIBLE, { message: '$property should not be blank' });
}

/** A text that is shown as one line among others: it can be seen, and reads as it is stored. */
export function IsLine(): PropertyDecorator {
  return applyDecorators(
    IsVisible(),
    Matches(NO_CONTROLS, { message: '$property must not hold control characters' }),
    Matches(NO_BIDI_CONTROLS, BIDI),
  );
}

/**
 * A text of paragraphs that are shown on their own. Isolates are allowed, since translation libraries put them around what
 * they fill in, and they end with their paragraph. Unicode advises against embeddings and overrides, which can make a text read otherwise than it is.
 */
export function IsProse(): PropertyDecorator {
  return applyDecorators(IsVisible(), Matches(NO_BIDI_OVERRIDES, BIDI));
}
