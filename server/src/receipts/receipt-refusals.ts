import { Refusal } from '../http/refusal/refusal.js';

/** The notification does not ask for confirmation. */
export function nothingToConfirm(): Refusal {
  return new Refusal(409, 'nothing_to_confirm', 'This notification does not ask for confirmation');
}

/** The notification has no action at this index, or one that only opens an address. */
export function unknownAction(): Refusal {
  return new Refusal(404, 'unknown_action', 'There is no such action');
}
