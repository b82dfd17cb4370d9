import type { FieldError } from '../../../../protocol/http';

/** The server did not keep the preferences. `fields` names what to mend; empty when the fields are not at fault. */
export class PreferencesRefused extends Error {
  override readonly name = 'PreferencesRefused';

  constructor(
    message: string,
    readonly fields: readonly FieldError[],
  ) {
    super(message);
  }
}
