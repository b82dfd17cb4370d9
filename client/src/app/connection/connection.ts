import { ServerAddress } from '#app/platform/server-address';
import { wakeUps } from '#app/platform/wake';
import { Person } from '#app/session/person';
import { Session } from '#app/session/session';
import { computed, inject, Injectable } from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import { HeraldApi } from '@herald/client/api';
import { type ConnectionEvent, HeraldConnection } from '@herald/client/connection';
import { filter, finalize, map, type Observable, share, tap } from 'rxjs';
import { BrowserPositions } from './browser-positions';

/** The connection of the signed-in person. */
@Injectable()
export class Connection {
  readonly #session = inject(Session);
  readonly #api = inject(HeraldApi);
  readonly #person = inject(Person);
  readonly #positions = new BrowserPositions(this.#person.username);
  readonly #connection = new HeraldConnection({
    url: inject(ServerAddress).webSocket('/ws'),
    token$: toObservable(this.#person.session).pipe(
      filter((session) => session !== null),
      map(({ token }) => token),
    ),
    positions: this.#positions,
    wake$: wakeUps(),
    onUnauthorized: (token) => {
      // Another tab may have renewed the token, or signed in somebody else.
      if (token === this.#person.session()?.token) this.#session.expire();
    },
    onTokenExpiring: () => {
      if (this.#person.session() !== null) void this.#session.renew().catch(() => undefined);
    },
    // If the token was refused, the answer to this request ends the session.
    onConnectFailed: () => void this.#api.me().catch(() => undefined),
  });
  readonly #remaining = toSignal(this.#connection.remaining$);

  readonly status = toSignal(this.#connection.status$, { requireSync: true });
  /** Entries still to come until it has caught up; null once it has. */
  readonly catchingUp = computed(() => this.#remaining() || null);

  /** Connects while there is a subscriber. */
  readonly events: Observable<ConnectionEvent> = this.#connection.events$.pipe(
    tap((event) => {
      if (event.kind === 'error') console.error(`Herald: ${event.code}: ${event.message}`);
    }),
    finalize(() => this.#positions.close()),
    share(),
  );

  /** @see HeraldConnection.heardAt */
  get heardAt(): number {
    return this.#connection.heardAt;
  }

  /** Connects at once instead of waiting. */
  connectNow(): void {
    this.#connection.connectNow();
  }
}
