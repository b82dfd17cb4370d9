import { CLOSE_FORBIDDEN } from '../../../../protocol/close-codes';

/** Reason why the connection won't come back by itself, for the person. @param code the server's close code */
export function stoppedInWords(code: number): string {
  return code === CLOSE_FORBIDDEN
    ? $localize`:@@connection.forbidden:Your account may not receive notifications here.`
    : $localize`:@@connection.faulty:This page and the server don’t understand each other. Reload the page.`;
}
