import { Refused, refusalOf } from '#app/refusal/refusal';
import { HeraldError } from '@herald/client/api';

/** The refusal of a sign-in, for the person. */
export async function signInRefusal(error: unknown): Promise<Refused> {
  if (error instanceof HeraldError && error.status === 400)
    return new Refused($localize`:@@session.fill:Enter your username and your password.`);
  return refusalOf(error, $localize`:@@session.unreachable:The server can’t be reached. Try again in a moment.`);
}
