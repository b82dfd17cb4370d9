import { PREFERENCES_MAX_BYTES } from '../../../protocol/preferences.js';

/** With what is kept of this person already, it would be more than is kept. */
export class PreferencesTooLargeError extends Error {
  constructor() {
    super(`Preferences and saved filters may be ${PREFERENCES_MAX_BYTES / 1024} KB together; remove some first`);
    this.name = 'PreferencesTooLargeError';
  }
}
