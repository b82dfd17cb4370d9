import { Transform } from 'class-transformer';

/**
 * A text, or each of a list, in Unicode's Normalization Form C (UAX #15): so a name is the same one whether a keyboard
 * composes its letters or not.
 */
export function InNfc(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) => (Array.isArray(value) ? value.map(inNfc) : inNfc(value)));
}

function inNfc(value: unknown): unknown {
  return typeof value === 'string' ? value.normalize('NFC') : value;
}
