import { Transform } from 'class-transformer';

/**
 * Longer texts are not converted, since that takes quadratic time in the worst case. Each field allows fewer
 * characters.
 */
const COMPOSED_MAX = 1000;

/**
 * Converts a text, or each text of a list, to Unicode's Normalization Form C (UAX #15), so that a name is the same
 * whether a keyboard composes its letters or not. A longer text stays unchanged, and is refused for its length.
 */
export function InNfc(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) => (Array.isArray(value) ? value.map(inNfc) : inNfc(value)));
}

function inNfc(value: unknown): unknown {
  return typeof value === 'string' && value.length <= COMPOSED_MAX ? value.normalize('NFC') : value;
}
