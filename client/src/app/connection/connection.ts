import { ServerAddress } from '#app/platform/server-address';
import { wakeUps } from '#app/platform/wake';
import { Session } from '#app/session/session';
import { computed, inject, Injectable } from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import { HeraldApi } from '@herald/client/api';
import { type ConnectionEvent, type ConnectionStatus, HeraldConnection } from '@herald/client/connection';
import { EMPTY, filter, finalize, map, type Observable, of, share, switchMap, tap } from 'rxjs';
import { BrowserPositions } from './browser-positions';

/** The connection of the person who is signed in. */
@Injectable({ providedIn: 'root' })
export class Connection {
  readonly #session = inject(Session);
  readonly #api = inject(HeraldApi);
  readonly #server = inject(ServerAddress);
  readonly #sessions = toObservable(this.#session.signedIn);
  readonly #username = computed(() => this.#session.signedIn()?.username ?? null);
  readonly #current = computed(() => (this.#username() === null ? null : this.#connectionOf(this.#username() ?? '')));
  readonly #connections = toObservable(this.#current);

  readonly status = toSignal(
    this.#connections.pipe(switchMap((current) => current?.connection.status$ ?? of(SIGNED_OUT))),
    { initialValue: { state: 'connecting' } },
  );
  readonly #remaining = toSignal(
    this.#connections.pipe(switchMap((current) => current?.connection.remaining$ ?? of(0))),
  );
  /** Entries still to come until it has caught up; null once it has. */
  readonly catchingUp = computed(() => this.#remaining() || null);

  /** Connects while there is a subscriber and somebody is signed in. */
  readonly events: Observable<ConnectionEvent> = this.#connections.pipe(
    switchMap((current) => current?.events$ ?? EMPTY),
    tap((event) => {
      if (event.kind === 'error') console.error(`Herald: ${event.code}: ${event.message}`);
    }),
    share(),
  );

  /** @see HeraldConnection.heardAt */
  get heardAt(): number {
    return this.#current()?.connection.heardAt ?? 0;
  }

  /** Connects at once instead of waiting. */
  connectNow(): void {
    this.#current()?.connection.connectNow();
  }

  #connectionOf(username: string): { connection: HeraldConnection; events$: Observable<ConnectionEvent> } {
    const positions = new BrowserPositions(username);
    const connection = new HeraldConnection({
      url: this.#server.webSocket('/ws'),
      token$: this.#sessions.pipe(
        filter((session) => session !== null),
        filter((session) => session.username === username),
        map(({ token }) => token),
      ),
      positions,
      wake$: wakeUps(),
      onUnauthorized: () => this.#session.expire(),
      onTokenExpiring: () => void this.#session.renew().catch(() => undefined),
      // If the token was refused, the answer to this request ends the session.
      onConnectFailed: () => void this.#api.me().catch(() => undefined),
    });
    return { connection, events$: connection.events$.pipe(finalize(() => positions.close())) };
  }
}

const SIGNED_OUT: ConnectionStatus = { state: 'signed-out' };
