import type { ErrorParams, FieldCode, RefusalCode } from './error-codes.ts';

/** Answer of `POST /api/auth/login` and `POST /api/auth/refresh` (the fields of RFC 6750 bearer tokens). */
export interface LoginAnswer {
  access_token: string;
  token_type: 'bearer';
  /** Seconds until the token expires. */
  expires_in: number;
}

/** Answer of `POST /api/auth/tickets`. */
export interface TicketAnswer {
  /** For one WebSocket or event stream, as `?ticket=` in its address. */
  ticket: string;
  /** Until when it can be used, ISO 8601. */
  expiresAt: string;
}

/** Roles, topics and channels of a user; answer of `PUT` and `DELETE /api/auth/me/topics/:topic`. */
export interface Membership {
  roles: string[];
  /** Topics that the user follows. */
  topics: string[];
  /** Channels that follow from these; a notification to any of them reaches the user. */
  channels: string[];
}

/** Answer of `GET /api/auth/me`. */
export interface CurrentUser extends Membership {
  username: string;
  /** When the token of the request expires, ISO 8601. */
  expiresAt: string;
}

/** An account as an administrator sees it. */
export interface Account {
  username: string;
  roles: string[];
  /** Topics that its user follows. */
  topics: string[];
  /** When its user was last connected, to the hour, in ISO 8601. Absent if never. */
  lastSeenAt?: string;
}

/** Maximum length of the header `Idempotency-Key` of `POST /api/notifications/send`. */
export const IDEMPOTENCY_KEY_MAX = 100;

/** The one format of all refusals. */
export interface ErrorAnswer {
  statusCode: number;
  /** The status in words: `Bad Request`. */
  error: string;
  /** For programs. */
  code: RefusalCode;
  /** One sentence for a person; its words may change. */
  message: string;
  /** Values in the message, by name. */
  params?: ErrorParams;
  /** The fields at fault, if any. */
  details?: FieldError[];
}

/** A field at fault, and the reason. */
export interface FieldError {
  /** Path of the field: `title`, `actions.1.label`, `[3].title` in a list of notifications, or `body`. */
  field: string;
  /** For programs. */
  code: FieldCode;
  /** Words for a person; they may change. */
  reason: string;
  /** Values in the reason, by name. */
  params?: ErrorParams;
}

/** Answer of `GET /api/info`: facts that a page needs before sign-in. */
export interface ServerInfo {
  version: string;
  /** The demo account of a development server; absent in production. */
  demo?: { username: string; password: string };
}

/** `/config.json` on the page's origin: tells the page where its server is. */
export interface PageConfig {
  /** Origin of the API and the WebSocket, such as `https://herald.example`; empty: the page's own. */
  serverUrl: string;
}
