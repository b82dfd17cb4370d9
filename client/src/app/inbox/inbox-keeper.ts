import { Connection } from '#app/connection/connection';
import { computed, inject, Injectable } from '@angular/core';
import { takeUntilDestroyed, toObservable } from '@angular/core/rxjs-interop';
import { auditTime, filter, fromEvent, merge, tap } from 'rxjs';
import { InboxDatabase } from './inbox-database';
import { InboxStore } from './inbox-store';

const KEEP_WITHIN_MS = 1000;

/** Saves the inbox in this browser while it is live. */
@Injectable()
export class InboxKeeper {
  readonly #store = inject(InboxStore);
  readonly #connection = inject(Connection);
  readonly #database = inject(InboxDatabase);
  readonly #isLive = computed(() => this.#store.connection().state === 'live');
  #changedAt = 0;

  constructor() {
    const changes = toObservable(this.#store.keepable).pipe(
      tap(() => (this.#changedAt = Date.now())),
      auditTime(KEEP_WITHIN_MS),
    );
    // The inbox is the same, but was up to date until later.
    const endings = toObservable(this.#isLive).pipe(filter((isLive) => !isLive));
    const farewells = fromEvent(window, 'pagehide').pipe(filter(() => this.#isLive()));
    merge(changes, endings, farewells)
      .pipe(takeUntilDestroyed())
      .subscribe(() => this.#keep());
  }

  /** Dated by the last frame of the server: a computer that slept notices the lost connection only long after. */
  #keep(): void {
    const kept = this.#store.keepable()?.(Math.max(this.#changedAt, this.#connection.heardAt));
    if (kept !== undefined) void this.#database.write(kept);
  }
}
