/**
 * Reasons for a refusal, each with the names of its params. The codes are stable and more may be added; the words of
 * `message` may change.
 */
export const REFUSAL_CODES = {
  // 400
  /** Fields are missing, wrong or unknown; `details` lists them. */
  invalid_request: [],
  /** The audience names a user who does not exist. */
  unknown_recipient: [],
  /** The request can't be read as HTTP or as a WebSocket handshake, or did not arrive in time. */
  bad_request: [],

  // 401
  /** The username or the password is wrong. */
  invalid_credentials: [],
  /** The token is absent, has expired, was revoked or is not valid. */
  invalid_token: [],
  /** The ticket has expired, was used before, was made for another origin or is not valid. */
  invalid_ticket: [],
  /** A restart of a server without a durable store has revoked all tokens. */
  sign_in_forgotten: [],

  // 403
  /** Only administrators may do this. */
  admin_only: [],
  /** Administrators can't take the role from themselves. */
  own_role: [],
  /** Administrators can't remove their own account. */
  own_account: [],
  /** Only the owner may rotate the key of an app that reads. */
  not_owner: [],
  /** Only the sender and administrators may retract a notification. */
  not_sender: [],
  /** The key of an app can only send, or only read. */
  wrong_scope: [],
  /** The sender may not send to a channel of the audience; `details` says which. */
  audience_refused: [],
  /** Pages of this origin may not open a WebSocket or make a ticket. */
  origin_refused: [],

  // 404, 405
  /** There is nothing at this path. */
  unknown_path: [],
  /** There is no such notification for this user. */
  unknown_notification: [],
  /** The notification has no such action that can be answered. */
  unknown_action: [],
  /** There is no account of this name. */
  unknown_account: ['username'],
  /** There is no app with this id for this user. */
  unknown_app: [],
  /** The app has no template of this name. */
  unknown_template: [],
  /** There is no open connection with this id. */
  unknown_connection: [],
  /** The path does not take this method. */
  method_not_allowed: [],

  // 409
  /** The name is or was in use. */
  username_taken: ['username'],
  /** The user follows `max` topics, the maximum. */
  too_many_topics: ['max'],
  /** The key before the last rotation is valid until `until`; another rotation must say which key ends. */
  previous_key_valid: ['until'],
  /** The user, or the server, has `max` apps, the maximum. */
  too_many_apps: ['max'],
  /** The user has named `max` apps, the maximum; names of removed apps count. */
  too_many_app_names: ['max'],
  /** The app has a template of this name already. */
  template_exists: [],
  /** The template was changed since the version that the request may replace. */
  template_changed: [],
  /** The app, or the server, has `max` templates, the maximum. */
  too_many_templates: ['max'],
  /** The user has scheduled `max` notifications, the maximum. */
  too_many_scheduled: ['max'],
  /** The memory for scheduled notifications of this user, or of all users, is full. */
  schedule_full: [],
  /** Preferences and saved filters may have this size together. */
  preferences_too_large: ['kilobytes'],
  /** The notification does not ask for confirmation. */
  nothing_to_confirm: [],
  /** The Idempotency-Key was used for another request. */
  idempotency_conflict: [],

  // 413, 414, 415, 421, 426
  /** The body is larger than the path takes. */
  body_too_large: [],
  /** A part of the path is too long. */
  path_too_long: [],
  /** The body is not JSON in UTF-8. */
  unsupported_media_type: [],
  /** The server does not answer to this host. */
  unknown_host: [],
  /** The path takes only upgrades to WebSocket. */
  upgrade_required: [],

  // 429, 503
  /** Too many failed sign-ins, to this account or from this address. */
  too_many_failed_sign_ins: ['seconds'],
  /** Too many sign-ins to this account from this address. */
  too_many_sign_ins: ['seconds'],
  /** The server is checking as many passwords as it can. */
  sign_ins_busy: ['seconds'],
  /** The user has sent more notifications than the rate allows. */
  too_many_sends: ['perSecond', 'atOnce', 'seconds'],
  /** The user has made more changes than the rate allows. */
  too_many_changes: ['perSecond', 'atOnce', 'seconds'],
  /** The user has used too many tickets within their lifetime and a minute. */
  too_many_tickets: ['seconds'],
  /** The memory for Idempotency-Keys of this user, or of all users, is full. */
  too_many_idempotency_keys: ['seconds'],
  /** The limit of connections is reached; `per` is `user`, `address` or `server`. */
  too_many_connections: ['max', 'per'],
  /** Too many bytes are in flight; `per` is `address` or `server`. */
  too_much_in_flight: ['per', 'seconds'],
  /** The store does not answer at the moment. */
  store_unavailable: ['seconds'],
  /** The server is stopping. */
  stopping: ['seconds'],

  // 500
  /** A fault of the server; it is in the log. */
  internal: [],
} as const;

/** Reasons for a refused field, each with the names of its params. Stable like the codes of refusals. */
export const FIELD_CODES = {
  /** The field is missing. */
  required: [],
  /** There is no such field. */
  unknown_field: [],
  /** A field can't have this name, such as `__proto__`. */
  reserved_name: ['name'],
  /** The field can't be given together with the field `other`. */
  excluded: ['other'],

  /** The value, or one of a list, is not a string. */
  not_a_string: [],
  /** The value is neither true nor false. */
  not_a_boolean: [],
  /** The value is not a whole number. */
  not_an_integer: [],
  /** The value is not a list. */
  not_a_list: [],
  /** The value, or one of a list, is not an object. */
  not_an_object: [],
  /** The value, or one of a list, is none of `allowed`, which are separated by commas. */
  not_one_of: ['allowed'],

  /** The text is empty, or has no visible character. */
  blank: [],
  /** The text has more than `max` UTF-16 code units. */
  too_long: ['max'],
  /** The text has fewer than `min` characters. */
  too_short: ['min'],
  /** The text has more than `max` words. */
  too_many_words: ['max'],
  /** The list has more than `max` items. */
  too_many: ['max'],
  /** The list has fewer than `min` items. */
  too_few: ['min'],
  /** The list names something twice. */
  duplicates: [],
  /** The number is larger than `max`. */
  too_high: ['max'],
  /** The number is smaller than `min`. */
  too_low: ['min'],

  /** The text has control characters. */
  control_characters: [],
  /** The text has characters that change the direction of text. */
  bidi_characters: [],
  /** The text has a surrogate without its pair. */
  malformed_unicode: [],
  /** Markdown nests quotes and lists more than `max` levels deep. */
  nested_too_deep: ['max'],

  /** A tag of the template is not closed. `position` counts UTF-16 code units from the start of the text, here and below. */
  unclosed_tag: ['position'],
  /** The template closes a section that is not open. */
  unopened_section: ['name', 'position'],
  /** The template does not close a section. */
  unclosed_section: ['name', 'position'],
  /** The template has a tag that begins with `tag`, such as a partial. */
  unsupported_tag: ['tag', 'position'],
  /** The template has more than `max` tags. */
  too_many_tags: ['max', 'position'],
  /** The template nests sections more than `max` levels deep. */
  sections_too_deep: ['max', 'position'],

  /** Title and message of the template are empty for the payload, or for the example of a preview. */
  renders_blank: [],

  /** Data nests objects and lists more than `max` levels deep. */
  data_too_deep: ['max'],
  /** Data, or the example of a template, has more than `max` bytes as JSON. */
  data_too_large: ['max'],

  /** The value, or one of a list, is not a UUID, or not of version 7 as ids of notifications are. */
  not_an_id: [],
  /** The value is not the `nextCursor` of a page. */
  not_a_cursor: [],
  /** The text, or one of a list, is not the name of a user or role. */
  not_a_name: [],
  /** The text, or one of a list, is not a topic. */
  not_a_topic: [],
  /** The text is not the name of a template: lower-case letters, digits, hyphens and underscores. */
  not_a_template_name: [],
  /** Herald has a template of this name itself. */
  built_in_template: [],
  /** The app has a template of this name already. */
  template_exists: [],
  /** The text is not one word of letters, digits, dots, hyphens and underscores. */
  not_a_word: [],
  /** A tag is not one word, such as `warning` or `+1`. */
  not_a_tag: [],
  /** The rules have a key that is not one short word; `category` is that key. */
  not_a_category: ['category'],
  /** A text of the list is not the name of a channel; `channel` is that text. */
  not_a_channel: ['channel'],
  /** The text is not an http or https address. */
  not_a_web_address: [],
  /** The address has a username or password before its host. */
  credentials_in_address: [],
  /** The text is not a path of the page. */
  not_a_page_path: [],

  /** The value is not an instant in ISO 8601 with its offset from UTC. */
  not_an_instant: [],
  /** The instant is not in the future, or more than a year ahead. */
  not_ahead: [],
  /** The instant is not later than `deliverAt`. */
  not_after_delivery: [],
  /** The text is not a time of day from 00:00 to 23:59. */
  not_a_time_of_day: [],
  /** The text is not the IANA name of a time zone. */
  not_a_time_zone: [],
  /** Quiet hours begin and end at the same time. */
  no_duration: [],

  /** The audience is an empty list. */
  no_audience: [],
  /** There is no such user. */
  unknown_user: ['username'],
  /** The audience names a user who does not exist; only administrators are told which. */
  unknown_recipient: [],
  /** Only administrators may send to everyone. */
  everyone_refused: [],
  /** Only administrators may send to a role. */
  role_refused: [],
  /** Only those who follow the topic and administrators may send to it. */
  topic_refused: ['topic'],
  /** The app may not send to `channel`. */
  beyond_audience: ['channel'],
  /** Only apps of administrators may send to users other than their owner. */
  user_refused: [],
  /** Only notifications of high priority can ask for confirmation. */
  needs_high_priority: [],
  /** Two actions of a notification have the same label. */
  duplicate_labels: [],
  /** Notifications that are sent together can't be scheduled. */
  not_in_batch: [],

  /** The name is or was in use. */
  username_taken: [],
  /** The list has more than `max` saved filters. */
  too_many_filters: ['max'],
  /** Two saved filters have the same name. */
  duplicate_filters: [],

  /** The body is not JSON. */
  invalid_json: [],
  /** The body is not UTF-8. */
  invalid_utf8: [],
  /** The body is not a form of its type, or has too many fields. */
  invalid_form: [],
  /** The body has more bytes than the path takes. */
  body_too_large: [],
  /** The body nests objects and lists more than `max` levels deep. */
  body_too_deep: ['max'],
  /** The body, the query or one item has more than `max` values. */
  too_many_values: ['max'],
} as const;

export type RefusalCode = keyof typeof REFUSAL_CODES;
export type FieldCode = keyof typeof FIELD_CODES;

/** Values in the words of a refusal or of a field's reason, by name. */
export type ErrorParams = Record<string, string | number>;
