import { InboxStore } from '#app/inbox/inbox-store';
import { computed, inject, Injectable } from '@angular/core';
import { Router } from '@angular/router';

/** The notification that the page shows in full; opened by a click on an announcement, among others. */
@Injectable()
export class OpenNotification {
  readonly #store = inject(InboxStore);
  readonly #router = inject(Router);
  /** Its id; null while the page shows none. */
  readonly id = computed(() => this.#router.lastSuccessfulNavigation()?.finalUrl?.queryParamMap.get('open') ?? null);

  /** Opens the notification, which marks it read. */
  one(id: string): void {
    this.#store.markRead(id);
    void this.#router.navigate(['/'], { queryParams: { open: id } });
  }

  inbox(): void {
    void this.#router.navigateByUrl('/');
  }
}
