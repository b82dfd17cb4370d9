import type { FieldFault } from '../../refusal/refused';

/** The server did not take a notification. `fields` names what to mend; empty when the fields are not at fault. */
export class SendRefused extends Error {
  override readonly name = 'SendRefused';

  constructor(
    message: string,
    readonly fields: readonly FieldFault[],
  ) {
    super(message);
  }
}
