/** Reason why the connection won't come back by itself, for the person: client and server are of different versions. */
export function stoppedInWords(): string {
  return $localize`:@@connection.faulty:This page and the server don’t understand each other. Reload the page.`;
}
