import { computed, inject, Injectable, signal } from '@angular/core';
import { toObservable } from '@angular/core/rxjs-interop';
import {
  catchError,
  defer,
  distinctUntilChanged,
  EMPTY,
  filter,
  map,
  merge,
  type Observable,
  share,
  skip,
  startWith,
  Subject,
  switchMap,
  tap,
} from 'rxjs';
import { afterClose } from '../../../../protocol/close-codes';
import type { ClientFrame } from '../../../../protocol/frames';
import { ServerAddress } from '../config/server-address';
import { Session } from '../session/session';
import { SessionApi } from '../session/session-api';
import { attempt, ConnectionLost, type Received } from '../../../sdk/connection/notification-socket';
import type { ConnectionStatus } from '../../../sdk/connection/connection-status';
import { type ConnectionEvent, HoleFound, Progress } from '../../../sdk/connection/progress';
import { reconnect } from '../../../sdk/connection/reconnect';
import { Retries } from '../../../sdk/connection/retries';
import { readStoredPositions, storingPositions } from './stored-positions';
import { wakeUps } from './wake';

/** The one connection of the person who is signed in: made again whenever it breaks, and resumed where it was. */
@Injectable({ providedIn: 'root' })
export class Connection {
  readonly #session = inject(Session);
  readonly #api = inject(SessionApi);
  readonly #server = inject(ServerAddress);
  readonly #status = signal<ConnectionStatus>({ state: 'connecting' });
  readonly #remaining = signal(0);
  readonly #username = computed(() => this.#session.signedIn()?.username ?? null);
  readonly #sessions = toObservable(this.#session.signedIn);
  readonly #connectNow = new Subject<void>();
  #heardAt = 0;

  readonly status = this.#status.asReadonly();
  /** Notifications still to come until it has caught up; null once it has. */
  readonly catchingUp = computed(() => (this.#remaining() > 0 ? this.#remaining() : null));

  /** Connects for as long as there is a subscriber and somebody is signed in. */
  readonly events: Observable<ConnectionEvent> = toObservable(this.#username).pipe(
    switchMap((username) => (username === null ? this.#rest() : this.#stayConnected(username))),
    share(),
  );

  /** When a frame last came, be it only the answer to a heartbeat: milliseconds since 1970; 0 for never. */
  get heardAt(): number {
    return this.#heardAt;
  }

  /** Connects at once instead of waiting. */
  connectNow(): void {
    this.#connectNow.next();
  }

  #rest(): Observable<never> {
    this.#status.set({ state: 'signed-out' });
    this.#remaining.set(0);
    return EMPTY;
  }

  #stayConnected(username: string): Observable<ConnectionEvent> {
    const progress = new Progress(readStoredPositions(username));
    const retries = new Retries(() => performance.now(), Math.random);
    const wake = wakeUps();
    const connected = defer(() => this.#connect(username, progress, retries, wake)).pipe(
      reconnect({
        delayAfter: (error) => this.#delayAfter(error, retries),
        now: merge(wake, this.#connectNow, this.#freshTokens(username)),
        onWaiting: (delayMs) => this.#status.set({ state: 'waiting', until: performance.now() + delayMs }),
      }),
      // Only what another attempt can't mend comes this far; the status says it.
      catchError(() => EMPTY),
    );
    return connected.pipe(storingPositions(username, () => progress.positions));
  }

  #connect(
    username: string,
    progress: Progress,
    retries: Retries,
    wake: Observable<unknown>,
  ): Observable<ConnectionEvent> {
    this.#status.set({ state: 'connecting' });
    const token = this.#session.signedIn()?.token ?? '';
    const outgoing = new Subject<ClientFrame>();
    return attempt({
      url: this.#server.webSocket('/ws'),
      token,
      positions: progress.positions,
      wake,
      heartbeatFrame: () => progress.takeHeartbeat(),
      outgoing: merge(outgoing, this.#renewals(username, token)),
    }).pipe(
      tap((received) => this.#note(received, retries)),
      map((received) => progress.process(received)),
      tap(() => {
        this.#remaining.set(progress.remaining);
        const due = progress.takeDue();
        if (due !== undefined) outgoing.next(due);
      }),
      filter((event) => event !== undefined),
    );
  }

  /** Emits each new token, since a connection that was refused may be accepted with it. */
  #freshTokens(username: string): Observable<string> {
    return this.#sessions.pipe(
      filter((session) => session?.username === username),
      map((session) => session?.token ?? ''),
      distinctUntilChanged(),
      skip(1),
    );
  }

  /** A live connection goes on with the fresh tokens of its person. */
  #renewals(username: string, token: string): Observable<ClientFrame> {
    return this.#sessions.pipe(
      filter((session) => session?.username === username),
      map((session) => session?.token ?? ''),
      startWith(token),
      distinctUntilChanged(),
      skip(1),
      map((fresh) => ({ event: 'authenticate', data: { token: fresh } })),
    );
  }

  #note({ frame }: Received, retries: Retries): void {
    this.#heardAt = Date.now();
    if (frame.event === 'welcome') {
      retries.live();
      this.#status.set({ state: 'live' });
    }
    // Without a fresh one this connection ends with the token, as the session does.
    if (frame.event === 'token_expiring') this.#session.renew().catch(() => undefined);
    if (frame.event === 'welcome' || frame.event === 'bye') retries.advise(frame.data.retry);
  }

  /** What to do about a connection that has ended: how long to wait, or null when another attempt can't help. */
  #delayAfter(error: unknown, retries: Retries): number | null {
    const action = error instanceof ConnectionLost ? afterClose(error.code) : 'reconnect';
    if (action === 'sign-in') {
      this.#session.expire();
      return null;
    }
    if (action === 'stop') {
      this.#status.set({
        state: 'stopped',
        reason: $localize`:@@connection.faulty:This page and the server don’t understand each other. Reload the page.`,
      });
      return null;
    }
    if (error instanceof HoleFound) console.error(error);
    // A browser doesn't say that an upgrade was refused for its token; an HTTP request shows it, and ends the session.
    if (this.#status().state === 'connecting') this.#api.me().catch(() => undefined);
    return retries.failed();
  }
}
