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
import { webSocket } from 'rxjs/webSocket';
import type { Positions } from '../../../protocol/channels.js';
import {
  BEARER_PROTOCOL_PREFIX,
  type ClientFrame,
  type ServerFrame,
  SUBPROTOCOL,
  type WelcomeFrame,
} from '../../../protocol/frames.js';
import { heartbeat } from './heartbeat.js';

/** How long a connection may take until the welcome. */
const WELCOME_WITHIN_MS = 10_000;
/** What a browser reports when there was no close frame (RFC 6455, section 7.1.5). */
const ABNORMAL_CLOSURE = 1006;

/** A connection ended, or never came to be. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';

  constructor(readonly code: number) {
    super(`The connection was closed with ${code}`);
  }
}

export interface Received {
  frame: ServerFrame;
  /** Size of the message's text in UTF-8. */
  bytes: number;
}

export interface Attempt {
  url: string;
  token: string;
  /** Where to resume; null: from now on. */
  positions: Positions | null;
  /** A moment to check at once whether the connection is alive. */
  wake: Observable<unknown>;
  /** Makes the heartbeat that is due. */
  heartbeatFrame: () => ClientFrame;
  /** What the client has to say beside hello and heartbeats. */
  outgoing: Observable<ClientFrame>;
}

const utf8 = new TextEncoder();

/** One connection, from the upgrade to its end. It emits the server's frames, and always ends with `ConnectionLost`. */
export function attempt({ url, token, positions, wake, heartbeatFrame, outgoing }: Attempt): Observable<Received> {
  return defer(() => {
    let code = ABNORMAL_CLOSURE;
    const socket = webSocket<Received | ClientFrame>({
      url,
      protocol: [SUBPROTOCOL, BEARER_PROTOCOL_PREFIX + token],
      closeObserver: { next: (close) => (code = close.code) },
      deserializer: ({ data }: { data: string }) => ({
        frame: JSON.parse(data) as ServerFrame,
        bytes: utf8.encode(data).length,
      }),
    });
    const send = (frame: ClientFrame): void => socket.next(frame);
    const received = (socket as Observable<Received>).pipe(share());
    // A clean close completes the socket and an unclean one errors: both are the end of this attempt.
    const ended = defer(() => throwError(() => new ConnectionLost(code)));
    // Waits in the socket's queue until it is open.
    send({ event: 'hello', data: positions === null ? {} : { positions } });
    return merge(
      received.pipe(concatWith(ended)),
      keepAlive(received, wake, () => send(heartbeatFrame())),
      outgoing.pipe(tap(send), ignoreElements()),
    ).pipe(
      timeout({ first: WELCOME_WITHIN_MS }),
      catchError(() => ended),
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
