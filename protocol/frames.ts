import type { Notification } from './notification.js';

/** WebSocket sub-protocol of version 1. A connection without it is a plain, receive-only watcher. */
export const SUBPROTOCOL = 'herald.v1';
/** Prefix of the sub-protocol entry that carries the token of a browser, which can set no header. */
export const BEARER_PROTOCOL_PREFIX = 'bearer.';
/** Largest frame that the server reads, in bytes; a larger one is closed with 1009. */
export const MAX_FRAME_BYTES = 16 * 1024;

/** First frame of a `herald.v1` client, due within 5 s of the upgrade. */
export interface HelloFrame {
  event: 'hello';
  data?: Record<string, never>;
}

/** Sign of life, every `heartbeatMs` of the welcome; answered by `heartbeat_ack`. */
export interface HeartbeatFrame {
  event: 'heartbeat';
  data?: Record<string, never>;
}

export type ClientFrame = HelloFrame | HeartbeatFrame;

/** The connection is live: what is stored from here on will be sent. */
export interface WelcomeFrame {
  event: 'welcome';
  data: {
    connectionId: string;
    user: { username: string };
    /** Names one life of the offsets. Another epoch: offsets seen before mean nothing now. */
    epoch: string;
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

/** One stored notification. `offset` is dense from 1 within its channel and priority. */
export interface NotificationFrame {
  event: 'notification';
  data: Notification & { channel: string; offset: number };
}

export interface HeartbeatAckFrame {
  event: 'heartbeat_ack';
  data: { serverTime: string };
}

/** Why a frame was not understood. */
export const ERROR_CODES = ['malformed', 'unknown_event', 'unexpected', 'internal'] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** Answer to a frame that was not understood or not allowed; the connection stays open. */
export interface ErrorFrame {
  event: 'error';
  data: { code: ErrorCode; message: string };
}

/** Sent before a planned close. */
export interface ByeFrame {
  event: 'bye';
  data: { reason: string; retry: RetryBounds };
}

export type ServerFrame = WelcomeFrame | NotificationFrame | HeartbeatAckFrame | ErrorFrame | ByeFrame;
