import type { ChannelPositions, Positions } from './channels.ts';
import type { Entry, NotificationEntry, PreferencesEntry, RetractEntry, StateEntry } from './entries.ts';
import type { Priority } from './notification.ts';

/** WebSocket sub-protocol of version 1. A connection without it is that of a plain client, which only receives. */
export const SUBPROTOCOL = 'herald.v1';
/** Prefix of the sub-protocol entry that carries the token of a browser, which can't set headers. */
export const BEARER_PROTOCOL_PREFIX = 'bearer.';
/** Largest frame that the server reads, in bytes; a larger one closes the connection with 1009. */
export const MAX_FRAME_BYTES = 16 * 1024;

/** First frame of a `herald.v1` client, due within 5 s of the upgrade. */
export interface HelloFrame {
  event: 'hello';
  /** Without positions the client starts from `heads` of the welcome. */
  data?: { positions?: Positions };
}

/** Last offset processed, for the channels and lanes that moved since the last acknowledgement. */
export type Acknowledgement = Record<string, Partial<Record<Priority, number>>>;

/** Acknowledge when either count is reached since the last ack; bytes are those of the message text in UTF-8. */
export interface AckEvery {
  messages: number;
  bytes: number;
}

/** Returns credit; due by `ackEvery` of the welcome, or of the latest `credit`. */
export interface AckFrame {
  event: 'ack';
  data: Acknowledgement;
}

/** Sign of life, every `heartbeatMs` of the welcome; answered by `heartbeat_ack`. May acknowledge as well. */
export interface HeartbeatFrame {
  event: 'heartbeat';
  data?: { ack?: Acknowledgement };
}

/**
 * Renews the sign-in of this connection with a fresh token of the same user; answered by `authenticated` or `error`.
 */
export interface AuthenticateFrame {
  event: 'authenticate';
  data: { token: string };
}

export type ClientFrame = HelloFrame | AckFrame | HeartbeatFrame | AuthenticateFrame;

/**
 * Answer to `hello`, and the first frame to a plain client: where each lane stands, and the terms of the connection.
 */
export interface WelcomeFrame {
  event: 'welcome';
  data: {
    connectionId: string;
    user: { username: string };
    /** Names one life of the numbering; in another epoch, earlier offsets are meaningless. */
    epoch: string;
    /** Whether positions were accepted, at least in part; each lane where they were not gets a `gap`. */
    resumed: boolean;
    /** Head of each lane at this moment. */
    heads: ChannelPositions;
    /** Bytes that may be in flight unacknowledged. */
    creditBytes: number;
    ackEvery: AckEvery;
    heartbeatMs: number;
    /** When the token expires and the server closes with 4401, ISO 8601. */
    expiresAt: string;
    /** Bounds of the client's full-jitter backoff. */
    retry: RetryBounds;
  };
}

export interface RetryBounds {
  minMs: number;
  maxMs: number;
}

/** An entry of the log, and its place: `offset` is dense from 1 within its channel and lane. */
interface Placed<Of extends Entry> {
  event: Of['event'];
  data: Of['data'] & { channel: string; offset: number };
}

export type NotificationFrame = Placed<NotificationEntry>;
export type StateFrame = Placed<StateEntry>;
export type RetractFrame = Placed<RetractEntry>;
export type PreferencesFrame = Placed<PreferencesEntry>;

/** Frames with an offset: the rule of offsets applies to them, and the client must acknowledge them. */
export type EntryFrame = NotificationFrame | StateFrame | RetractFrame | PreferencesFrame;

const ENTRY_EVENTS: Record<EntryFrame['event'], true> = {
  notification: true,
  state: true,
  retract: true,
  preferences: true,
};

export function isEntryFrame(frame: ServerFrame): frame is EntryFrame {
  return Object.hasOwn(ENTRY_EVENTS, frame.event);
}

/**
 * Entries `from` to `to` of a lane will not arrive; the lane's position becomes `[to, id]`. Refetch by HTTP.
 * trimmed: retention dropped them. epoch: the numbering restarted. truncated: the client's position is not in this log.
 */
export interface GapFrame {
  event: 'gap';
  data: {
    channel: string;
    lane: Priority;
    from: number;
    to: number;
    id: string | null;
    reason: 'trimmed' | 'epoch' | 'truncated';
  };
}

/**
 * The user's roles or topics have changed, and the connection's channels with them. It receives the entries of joined
 * channels after these heads, and no more entries of channels it left, not even those that were still unsent.
 */
export interface ChannelsFrame {
  event: 'channels';
  data: { joined: ChannelPositions; left: string[] };
}

/** New terms, adapted to the client's reading speed. They also apply to entries not acknowledged yet. */
export interface CreditFrame {
  event: 'credit';
  data: { ackEvery: AckEvery };
}

/** Caught up with the welcome's `heads`. */
export interface LiveFrame {
  event: 'live';
}

export interface HeartbeatAckFrame {
  event: 'heartbeat_ack';
  data: { serverTime: string };
}

/** The token expires soon: get a fresh one by `POST /api/auth/refresh`, and `authenticate` with it. */
export interface TokenExpiringFrame {
  event: 'token_expiring';
  data: { expiresAt: string };
}

/** The connection may stay open until `expiresAt`, ISO 8601. */
export interface AuthenticatedFrame {
  event: 'authenticated';
  data: { expiresAt: string };
}

/** Reasons why a frame was not understood or not accepted. */
export type ErrorCode = 'malformed' | 'unknown_event' | 'unexpected' | 'unauthenticated' | 'internal';

/** Answer to a frame that was not understood or not allowed; the connection stays open. */
export interface ErrorFrame {
  event: 'error';
  data: {
    code: ErrorCode;
    /** One sentence for a person. */
    message: string;
    /** Values in the message, by name: `field` is the field at fault. */
    params?: Record<string, string | number>;
  };
}

/** Sent before a planned close. */
export interface ByeFrame {
  event: 'bye';
  data: { reason: string; retry: RetryBounds };
}

export type ServerFrame =
  | WelcomeFrame
  | EntryFrame
  | GapFrame
  | ChannelsFrame
  | CreditFrame
  | LiveFrame
  | HeartbeatAckFrame
  | TokenExpiringFrame
  | AuthenticatedFrame
  | ErrorFrame
  | ByeFrame;
