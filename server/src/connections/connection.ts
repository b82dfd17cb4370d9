import type { Principal } from '../auth/principal.js';
import type { Sink, Subscription } from '../delivery/connection/subscription.js';
import type { Close } from './closes.js';

/** One pass of the sweep over all connections. */
export interface SweepPass {
  /** On the monotonic clock, in milliseconds. */
  readonly now: number;
  /** Time that the process could receive nothing, after a suspend of the machine for example; usually 0. */
  readonly pausedMs: number;
  readonly heartbeatMs: number;
  /** Time before its expiry from which a token should be renewed. */
  readonly renewWithinMs: number;
}

/** One admitted client: a WebSocket or an event stream. */
export interface Connection extends Sink {
  readonly id: string;
  readonly transport: 'websocket' | 'event-stream';
  /** When it was admitted, in milliseconds since 1970. */
  readonly connectedAt: number;
  /** Another one once its token was renewed, or its key has changed. */
  principal: Principal;
  readonly isOpen: boolean;
  /** Why the server has closed it; undefined while it is open, and if the client has left. */
  readonly closedBy: Close | undefined;
  /** Undefined until the client is subscribed to its channels. */
  subscription: Subscription | undefined;
  /** Resolves once the last change of its user's channels has been applied. */
  following: Promise<void>;
  /** Closes the connection if the client shows no sign of life, or sends it one. Called every second. */
  tend(pass: SweepPass): void;
  /** Closes the connection, and tells the client why. Does nothing when it is closed already. */
  close(close: Close): void;
  /** Closes the connection because the server stops, and tells the client when to reconnect. */
  drain(): void;
}
