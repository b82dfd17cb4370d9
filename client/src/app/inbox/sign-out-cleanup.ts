import { forgetPersons } from '#app/platform/personal-keys';
import { Session } from '#app/session/session';
import { afterRenderEffect, inject, Injectable } from '@angular/core';
import { InboxDatabase } from './inbox-database';

/** Deletes all personal data from this browser when the person signs out or the session is revoked. */
@Injectable({ providedIn: 'root' })
export class SignOutCleanup {
  constructor() {
    const session = inject(Session);
    const database = inject(InboxDatabase);
    // After the render that ends the session's services, since they write once more at their end.
    afterRenderEffect(() => {
      // An expired session keeps its data: the same person is expected to sign in again.
      const isOver = session.endedBecause() === null || session.isRevoked();
      if (session.state() !== 'signed-out' || !isOver) return;
      void database.clear();
      forgetPersons();
    });
  }
}
