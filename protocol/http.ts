/** Answer of `POST /api/auth/login` and `POST /api/auth/refresh` (the fields of RFC 6750 bearer tokens). */
export interface LoginAnswer {
  access_token: string;
  token_type: 'bearer';
  /** Seconds until the token expires. */
  expires_in: number;
}

/** What a user belongs to; answer of `PUT` and `DELETE /api/auth/me/topics/:topic`. */
export interface Membership {
  roles: string[];
  /** Topics that the user has subscribed to. */
  topics: string[];
  /** The channels that follow from these; what is sent to one of them reaches the user. */
  channels: string[];
}

/** Answer of `GET /api/auth/me`. */
export interface CurrentUser extends Membership {
  username: string;
  /** When the token used expires, ISO 8601. */
  expiresAt: string;
}

/** An account as an administrator sees it. */
export interface Account {
  username: string;
  roles: string[];
  /** Topics that it has subscribed to. */
  topics: string[];
}

/** Characters of the header `Idempotency-Key` of `POST /api/notifications/send`. */
export const IDEMPOTENCY_KEY_MAX = 100;

/** The one shape of every refused request. */
export interface ErrorAnswer {
  statusCode: number;
  /** The status in words: `Bad Request`. */
  error: string;
  /** One sentence for a person. */
  message: string;
  /** The fields at fault, where there are any. */
  details?: FieldError[];
}

export interface FieldError {
  field: string;
  reason: string;
}

/** Refusal of a token from before a restart of a server that keeps nothing: nobody has ended the sign-in. */
export const SIGN_IN_FORGOTTEN = 'The server has started anew and has forgotten this sign-in; sign in again';

/** Answer of `GET /api/info`: what a page needs to know before anyone has signed in. */
export interface ServerInfo {
  version: string;
  /** The demo account of a development server; absent in production. */
  demo?: { username: string; password: string };
}

/** `/config.json` of whoever serves the page: where the page finds its server. */
export interface PageConfig {
  /** Origin of the API and the WebSocket, as `https://herald.example`; empty: the page's own. */
  serverUrl: string;
}
