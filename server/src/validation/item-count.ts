import type { FieldError } from '@herald/protocol';

/** Fault of a list that has more than `max` items. */
export function tooManyItems(max: number): FieldError {
  return { field: 'body', code: 'too_many', reason: `body must have at most ${max} items`, params: { max } };
}

/** Fault of a list without items. */
export function noItems(): FieldError {
  return { field: 'body', code: 'too_few', reason: 'body must have at least 1 item', params: { min: 1 } };
}
