import { Transform } from 'class-transformer';

/** Fields in this form have lower limits. Composition takes quadratic time in the worst case. */
const COMPOSED_MAX = 1000;

/**
 * A text, or each of a list, in Unicode's Normalization Form C (UAX #15): so a name is the same one whether a keyboard
 * composes its letters or not. A text that is too long stays as it is, and is refused for its length.
 */
export function InNfc(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) => (Array.isArray(value) ? value.map(inNfc) : inNfc(value)));
}

function inNfc(value: unknown): unknown {
  return typeof value === 'string' && value.length <= COMPOSED_MAX ? value.normalize('NFC') : value;
}
