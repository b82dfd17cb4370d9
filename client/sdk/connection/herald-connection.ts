import { afterClose, type ClientFrame, CLOSE_TOO_MUCH } from '@herald/protocol';
import {
  BehaviorSubject,
  catchError,
  concat,
  concatMap,
  defer,
  distinctUntilChanged,
  EMPTY,
  filter,
  ignoreElements,
  map,
  merge,
  NEVER,
  type Observable,
  of,
  share,
  shareReplay,
  Subject,
  switchMap,
  take,
  tap,
  throwError,
  timer,
} from 'rxjs';
import { Backoff } from './backoff.ts';
import type { ConnectionStatus } from './connection-status.ts';
import { ConnectionLost, notificationSocket, type Received, type WebSocketConstructor } from './notification-socket.ts';
import type { PositionStore } from './position-store.ts';
import { type ConnectionEvent, HoleFound, Progress } from './progress.ts';
import { reconnect } from './reconnect.ts';

export interface ConnectionOptions {
  /** Endpoint of the WebSocket, such as `wss://herald.example/ws`. */
  url: string;
  /** Emits the token at once, and each fresh one: a live connection continues with it, a waiting one connects at once. */
  token$: Observable<string>;
  positions: PositionStore;
  /** Moments to check at once whether the connection is alive: the network came back, the computer woke up. */
  wake$?: Observable<unknown>;
  /**
   * The server has closed with 4401 a connection that began with this token. The next attempt waits until the last one
   * of `token$` is another.
   */
  onUnauthorized?: (token: string) => void;
  /** The token expires soon. The connection ends with it, unless `token$` emits a fresh one. */
  onTokenExpiring?: () => void;
  /**
   * An attempt has failed before the `welcome`. WebSockets hide the reason from scripts; a request with the same token,
   * such as `GET /api/auth/me`, shows whether it was the token.
   */
  onConnectFailed?: () => void;
  /** Default: the global one of browsers and of Node 22 or newer. */
  webSocket?: WebSocketConstructor;
}

/** The connection of one person: made again whenever it breaks, and resumed where it was. */
export class HeraldConnection {
  readonly #status = new BehaviorSubject<ConnectionStatus>({ state: 'connecting' });
  readonly #remaining = new BehaviorSubject(0);
  readonly #connectNow = new Subject<void>();
  #heardAt = 0;

  /** Emits the current status at once, and each later one. */
  readonly status$: Observable<ConnectionStatus> = this.#status;
  /** Emits the number of entries still to come until the client has caught up. */
  readonly remaining$: Observable<number> = this.#remaining.pipe(distinctUntilChanged());
  /**
   * Connects while it has a subscriber, and never errors. An event is acknowledged and its position is stored once all
   * subscribers have returned from it.
   */
  readonly events$: Observable<ConnectionEvent> = defer(() => this.#stayConnected()).pipe(share());

  constructor(private readonly options: ConnectionOptions) {}

  /** Time of the last frame, be it only the answer to a heartbeat: milliseconds since 1970; 0 for never. */
  get heardAt(): number {
    return this.#heardAt;
  }

  /** Connects at once instead of waiting. */
  connectNow(): void {
    this.#connectNow.next();
  }

  #stayConnected(): Observable<ConnectionEvent> {
    const progress = new Progress(this.options.positions.read());
    const backoff = new Backoff(() => performance.now(), Math.random);
    const token$ = this.options.token$.pipe(distinctUntilChanged(), shareReplay({ bufferSize: 1, refCount: true }));
    let token = '';
    const freshToken$ = token$.pipe(filter((current) => current !== token));
    const attempt$ = token$.pipe(
      take(1),
      tap((current) => (token = current)),
      switchMap(() => this.#attempt(token, freshToken$, progress, backoff)),
    );
    const connected$ = attempt$.pipe(
      reconnect((error) => this.#again(error, backoff, token, freshToken$)),
      // Only errors that another attempt would repeat come this far; the status tells them.
      catchError(() => EMPTY),
    );
    // The subscription to `token$` must outlast the pauses between attempts.
    return merge(connected$, token$.pipe(ignoreElements()));
  }

  #attempt(
    token: string,
    freshToken$: Observable<string>,
    progress: Progress,
    backoff: Backoff,
  ): Observable<ConnectionEvent> {
    this.#status.next({ state: 'connecting' });
    const { url, wake$: wake = NEVER, webSocket } = this.options;
    const acknowledgements = new Subject<ClientFrame>();
    const renewals = freshToken$.pipe(map((fresh): ClientFrame => ({ event: 'authenticate', data: { token: fresh } })));
    return notificationSocket({
      url,
      token,
      positions: progress.positions,
      wake,
      heartbeatFrame: () => progress.takeHeartbeat(),
      outgoing: merge(acknowledgements, renewals),
      webSocket,
    }).pipe(
      tap((received) => this.#note(received, backoff)),
      map((received) => progress.process(received)),
      tap(() => this.#remaining.next(progress.remaining)),
      concatMap((event) => concat(event === undefined ? EMPTY : of(event), this.#handled(progress, acknowledgements))),
      catchError((error: unknown) =>
        concat(
          holeIn(error),
          throwError(() => error),
        ),
      ),
    );
  }

  #handled(progress: Progress, acknowledgements: Subject<ClientFrame>): Observable<never> {
    return defer(() => {
      const due = progress.takeDue();
      if (due !== undefined) acknowledgements.next(due);
      const moved = progress.takeMoved();
      if (moved !== null) this.options.positions.write(moved);
      return EMPTY;
    });
  }

  #note({ frame }: Received, backoff: Backoff): void {
    this.#heardAt = Date.now();
    if (frame.event === 'welcome') {
      backoff.live();
      this.#status.next({ state: 'live' });
    }
    if (frame.event === 'token_expiring') this.options.onTokenExpiring?.();
    if (frame.event === 'welcome' || frame.event === 'bye') backoff.advise(frame.data.retry);
  }

  /** A connection has ended. @returns when to try again; an error if that would be in vain */
  #again(error: unknown, backoff: Backoff, token: string, freshToken$: Observable<string>): Observable<unknown> {
    const code = error instanceof ConnectionLost ? error.code : null;
    const action = code === null ? 'reconnect' : afterClose(code);
    if (action === 'sign-in') {
      this.#status.next({ state: 'signed-out' });
      this.options.onUnauthorized?.(token);
      return freshToken$;
    }
    if (action === 'stop') {
      this.#status.next({ state: 'stopped', code: code ?? 0 });
      return throwError(() => error);
    }
    if (this.#status.value.state === 'connecting') this.options.onConnectFailed?.();
    const delayMs = code === CLOSE_TOO_MUCH ? backoff.refused() : backoff.failed();
    this.#status.next({ state: 'waiting', until: performance.now() + delayMs });
    return merge(timer(delayMs), this.options.wake$ ?? NEVER, this.#connectNow, freshToken$);
  }
}

/** Tells subscribers of a hole; the connection then resumes, which asks for what is missing. */
function holeIn(error: unknown): Observable<ConnectionEvent> {
  return error instanceof HoleFound ? of({ kind: 'error', code: 'hole', message: error.message }) : EMPTY;
}
