import { Refusal } from '../http/refusal.js';

/** The notification asks for no confirmation. */
export function nothingToConfirm(): Refusal {
  return new Refusal(409, 'nothing_to_confirm', 'This notification asks for no confirmation');
}

/** The notification has no action there, or one that only leads to an address. */
export function unknownAction(): Refusal {
  return new Refusal(404, 'unknown_action', 'There is no such action');
}
