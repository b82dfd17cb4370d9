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
  /** How long before its expiry a token should be renewed. */
  readonly renewWithinMs: number;
}

/** One admitted client: a WebSocket or an event stream. */
export interface Connection extends Sink {
  readonly id: string;
  readonly transport: 'websocket' | 'event-stream';
  /** When it was admitted, in milliseconds since 1970. */
  readonly connectedAt: number;
  readonly principal: Principal;
  readonly isOpen: boolean;
  /** Undefined until the client is subscribed to its channels. */
  subscription: Subscription | undefined;
  /** Settles when the last change of its user's channels has been applied. */
  following: Promise<void>;
  /** Checks the client for signs of life, and gives it one. Called every second. */
  tend(pass: SweepPass): void;
  /** Closes for a reason that the client can act on. Does nothing when it is closed already. */
  close(close: Close): void;
  /** Closes because the server stops: tells the client that it can come back. */
  drain(): void;
}
