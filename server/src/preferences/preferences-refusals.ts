import { PREFERENCES_MAX_BYTES } from '@herald/protocol';
import { Refusal } from '../http/refusal/refusal.js';

/** Together with the stored parts, the preferences would exceed their size limit. */
export function preferencesTooLarge(): Refusal {
  const kilobytes = PREFERENCES_MAX_BYTES / 1024;
  const message = `Preferences and saved filters can have ${kilobytes} KB together. Remove some first`;
  return new Refusal(409, 'preferences_too_large', message, { params: { kilobytes } });
}
