import { computed, effect, inject, Injectable } from '@angular/core';
import { takeUntilDestroyed, toObservable } from '@angular/core/rxjs-interop';
import { auditTime, filter, fromEvent, merge } from 'rxjs';
import { Session } from '../../session/session';
import { InboxDatabase } from './inbox-database';
import { InboxStore } from './inbox-store';

const KEEP_WITHIN_MS = 1000;

/** Keeps the inbox on this browser while it is live, and wipes it when the person signs out. */
@Injectable({ providedIn: 'root' })
export class InboxKeeper {
  readonly #store = inject(InboxStore);
  readonly #session = inject(Session);
  readonly #database = inject(InboxDatabase);
  readonly #isLive = computed(() => this.#store.connection().state === 'live');

  constructor() {
    const changes = toObservable(this.#store.keepable).pipe(auditTime(KEEP_WITHIN_MS));
    // The last moment that it is known to be true.
    const endings = toObservable(this.#isLive).pipe(filter((isLive) => !isLive));
    const farewells = fromEvent(window, 'pagehide').pipe(filter(() => this.#isLive()));
    merge(changes, endings, farewells)
      .pipe(takeUntilDestroyed())
      .subscribe(() => this.#keep());
    effect(() => {
      // A session that has expired is gone on with; a person who signs out leaves nothing behind.
      if (this.#session.state() === 'signed-out' && this.#session.endedBecause() === null) void this.#database.clear();
    });
  }

  #keep(): void {
    const kept = this.#store.keepable()?.(Date.now());
    if (kept !== undefined) void this.#database.write(kept);
  }
}
