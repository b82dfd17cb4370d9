import { Transform } from 'class-transformer';

/** Treats an empty text as an absent field, since forms submit empty fields too. */
export function AbsentWhenEmpty(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) => (value === '' ? undefined : value));
}
