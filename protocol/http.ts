/** Answer of `POST /api/auth/login` and `POST /api/auth/refresh` (the fields of RFC 6750 bearer tokens). */
export interface LoginAnswer {
  access_token: string;
  token_type: 'bearer';
  /** Seconds until the token expires. */
  expires_in: number;
}

/** Roles, topics and channels of a user; answer of `PUT` and `DELETE /api/auth/me/topics/:topic`. */
export interface Membership {
  roles: string[];
  /** Topics that the user has subscribed to. */
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
  /** Topics that it has subscribed to. */
  topics: string[];
}

/** Maximum length of the header `Idempotency-Key` of `POST /api/notifications/send`. */
export const IDEMPOTENCY_KEY_MAX = 100;

/** Reasons for a refusal. They are stable, and more may be added; the text of `message` may change. */
export const REFUSAL_CODES = [
  // 400
  'invalid_request',
  'unknown_recipient',
  'bad_request',
  // 401
  'invalid_credentials',
  'invalid_token',
  'sign_in_forgotten',
  // 403
  'admin_only',
  'own_role',
  'own_account',
  'not_sender',
  'audience_refused',
  'origin_refused',
  // 404, 405
  'unknown_path',
  'unknown_notification',
  'unknown_action',
  'unknown_account',
  'method_not_allowed',
  // 409
  'username_taken',
  'too_many_topics',
  'too_many_scheduled',
  'schedule_full',
  'preferences_too_large',
  'nothing_to_confirm',
  'idempotency_conflict',
  // 413, 414, 415, 421, 426
  'body_too_large',
  'path_too_long',
  'unsupported_media_type',
  'unknown_host',
  'upgrade_required',
  // 429, 503
  'too_many_failed_sign_ins',
  'too_many_sign_ins',
  'sign_ins_busy',
  'too_many_sends',
  'too_many_changes',
  'too_many_idempotency_keys',
  'too_many_connections',
  'too_much_in_transit',
  'store_unavailable',
  'stopping',
  // 500
  'internal',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** Values in the message of a refusal, by name. */
export type RefusalParams = Record<string, string | number>;

/** The one format of all refusals. */
export interface ErrorAnswer {
  statusCode: number;
  /** The status in words: `Bad Request`. */
  error: string;
  code: RefusalCode;
  /** One sentence for a person. */
  message: string;
  /** Values in the message, by name. */
  params?: RefusalParams;
  /** The fields at fault, if any. */
  details?: FieldError[];
}

export interface FieldError {
  field: string;
  reason: string;
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
