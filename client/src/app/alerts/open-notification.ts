import { InboxStore } from '#app/inbox/inbox-store';
import { inject, Injectable } from '@angular/core';
import { Router } from '@angular/router';

/** Handles a click on an announcement, wherever it was shown. */
@Injectable()
export class OpenNotification {
  readonly #store = inject(InboxStore);
  readonly #router = inject(Router);

  /** Opens the notification, which marks it read. */
  one(id: string): void {
    this.#store.markRead(id);
    void this.#router.navigate(['/'], { queryParams: { open: id } });
  }

  inbox(): void {
    void this.#router.navigateByUrl('/');
  }
}
