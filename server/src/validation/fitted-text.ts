import { asLine, asProse, isVisible } from './is-line.js';

const ELLIPSIS = '…';
const HALF_OF_A_PAIR = /[\ud800-\udbff]$/;

/** A text that was made to fit. */
export interface FittedText {
  readonly text: string;
  /** Whether it is not what was sent. */
  readonly isCut: boolean;
}

/** A text as a line of at most `max` UTF-16 code units; undefined if nothing of it is visible. */
export function fittedLine(text: string, max: number): FittedText | undefined {
  return fitted(text, asLine(text).trim(), max);
}

/** A text as paragraphs of at most `max` UTF-16 code units; undefined if nothing of it is visible. */
export function fittedProse(text: string, max: number): FittedText | undefined {
  return fitted(text, asProse(text).trim(), max);
}

function fitted(given: string, text: string, max: number): FittedText | undefined {
  if (!isVisible(text)) return undefined;
  if (text.length <= max) return { text, isCut: text !== given.trim() };
  const start = text.slice(0, max - ELLIPSIS.length).replace(HALF_OF_A_PAIR, '');
  return { text: `${start}${ELLIPSIS}`, isCut: true };
}
