import type { FieldError } from '@herald/protocol';

/** A body that is a list has more items than `max`. */
export function tooManyItems(max: number): FieldError {
  return { field: 'body', code: 'too_many', reason: `body must have at most ${max} items`, params: { max } };
}

/** A body that is a list has no items. */
export function noItems(): FieldError {
  return { field: 'body', code: 'too_few', reason: 'body must have at least 1 item', params: { min: 1 } };
}
