import { PREFERENCES_MAX_BYTES } from '@herald/protocol';
import { Refusal } from '../http/refusal/refusal.js';

/** The preferences would exceed their size limit, together with the parts that stay as they are. */
export function preferencesTooLarge(): Refusal {
  const kilobytes = PREFERENCES_MAX_BYTES / 1024;
  const message = `Preferences and saved filters can have at most ${kilobytes} KB together. Remove some first`;
  return new Refusal(409, 'preferences_too_large', message, { params: { kilobytes } });
}
