import type { FieldFault } from '../refusal/refused';

/**
 * The server did not save the preferences. `fields` lists the invalid ones; empty when the fields are not the cause.
 */
export class PreferencesRefused extends Error {
  override readonly name = 'PreferencesRefused';

  constructor(
    message: string,
    readonly fields: readonly FieldFault[],
  ) {
    super(message);
  }
}
