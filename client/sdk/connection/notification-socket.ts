import {
  BEARER_PROTOCOL_PREFIX,
  type ClientFrame,
  type Positions,
  type ServerFrame,
  SUBPROTOCOL,
  type WelcomeFrame,
} from '@herald/protocol';
import {
  catchError,
  concatWith,
  defer,
  filter,
  ignoreElements,
  map,
  merge,
  type Observable,
  share,
  switchMap,
  take,
  tap,
  throwError,
  timeout,
} from 'rxjs';
import { webSocket as rxSocket, type WebSocketSubjectConfig } from 'rxjs/webSocket';
import { heartbeat } from './heartbeat.ts';

/** Time for a connection, from the start to the `welcome`. */
const WELCOME_WITHIN_MS = 10_000;
/** Code of a connection that ended without a close frame (RFC 6455, section 7.1.5). */
const ABNORMAL_CLOSURE = 1006;

/** A connection ended, or never came to be. `cause`: the error, if it was not the server that closed it. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';

  constructor(
    readonly code: number,
    cause?: unknown,
  ) {
    super(`The connection was closed with ${code}`, { cause });
  }
}

export interface Received {
  frame: ServerFrame;
  /** Size of the message's text in UTF-8. */
  bytes: number;
}

export type WebSocketConstructor = NonNullable<WebSocketSubjectConfig<unknown>['WebSocketCtor']>;

export interface NotificationSocket {
  url: string;
  token: string;
  /** Positions to resume from; null: from now on. */
  positions: Positions | null;
  /** A moment to check at once whether the connection is alive. */
  wake: Observable<unknown>;
  /** Makes the heartbeat that is due. */
  heartbeatFrame: () => ClientFrame;
  /** Frames of the client, other than `hello` and heartbeats. */
  outgoing: Observable<ClientFrame>;
  /** Default: the global one. */
  webSocket: WebSocketConstructor | undefined;
}

const utf8 = new TextEncoder();

/** One connection, from the upgrade to its end. It emits the server's frames, and always ends with `ConnectionLost`. */
export function notificationSocket(options: NotificationSocket): Observable<Received> {
  const { url, token, positions, wake, heartbeatFrame, outgoing, webSocket } = options;
  return defer(() => {
    let code = ABNORMAL_CLOSURE;
    const socket = rxSocket<Received | ClientFrame>({
      url,
      protocol: [SUBPROTOCOL, BEARER_PROTOCOL_PREFIX + token],
      ...(webSocket === undefined ? {} : { WebSocketCtor: webSocket }),
      closeObserver: { next: (close) => (code = close.code) },
      deserializer: ({ data }: { data: string }) => ({
        frame: JSON.parse(data) as ServerFrame,
        bytes: utf8.encode(data).length,
      }),
    });
    const send = (frame: ClientFrame): void => socket.next(frame);
    const received = (socket as Observable<Received>).pipe(share());
    // A clean close completes the socket, an unclean one errors.
    const ended = (cause?: unknown): Observable<never> => throwError(() => new ConnectionLost(code, cause));
    // The socket queues it until it is open.
    send({ event: 'hello', data: positions === null ? {} : { positions } });
    return merge(
      received.pipe(concatWith(defer(() => ended()))),
      keepAlive(received, wake, () => send(heartbeatFrame())),
      outgoing.pipe(tap(send), ignoreElements()),
    ).pipe(
      timeout({ first: WELCOME_WITHIN_MS }),
      catchError((error: unknown) => (error instanceof ConnectionLost ? throwError(() => error) : ended(error))),
    );
  });
}

function keepAlive(received: Observable<Received>, wake: Observable<unknown>, send: () => void): Observable<never> {
  const acknowledgements = received.pipe(filter(({ frame }) => frame.event === 'heartbeat_ack'));
  return received.pipe(
    map(({ frame }) => frame),
    filter((frame): frame is WelcomeFrame => frame.event === 'welcome'),
    take(1),
    switchMap(({ data }) => heartbeat({ everyMs: data.heartbeatMs, wake, acknowledgements, send })),
  );
}
