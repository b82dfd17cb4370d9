import { Transform } from 'class-transformer';

/** Nothing that is kept in this form may be longer. Composing takes time that grows with the square of the length, at worst. */
const COMPOSED_MAX = 1000;

/**
 * A text, or each of a list, in Unicode's Normalization Form C (UAX #15): so a name is the same one whether a keyboard
 * composes its letters or not. A text that is far too long is handed on as it is, to be refused for that.
 */
export function InNfc(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) => (Array.isArray(value) ? value.map(inNfc) : inNfc(value)));
}

function inNfc(value: unknown): unknown {
  return typeof value === 'string' && value.length <= COMPOSED_MAX ? value.normalize('NFC') : value;
}
