import {
  ACTIONS_MAX,
  ANSWERS_KEPT_MAX,
  APP_NAMES_MAX,
  APPS_MAX,
  APPS_OF_ALL_MAX,
  APPS_OF_USER_MAX,
  AUDIENCE_MAX,
  CATEGORY_MAX,
  CATEGORY_RULES_MAX,
  CHANGE_IDS_MAX,
  CHANGE_MATCHES_MAX,
  DATA_DEPTH_MAX,
  DATA_MAX_BYTES,
  FILTERS_MAX,
  IDEMPOTENCY_KEY_MAX,
  MAX_FRAME_BYTES,
  MESSAGE_MAX,
  NAME_MAX,
  NAMED_RECIPIENTS_MAX,
  PREFERENCES_MAX_BYTES,
  ROLES_MAX,
  SCHEDULED_MAX,
  SEARCH_MAX,
  SEARCH_WORDS_MAX,
  SECRET_MAX,
  TEMPLATE_DEPTH_MAX,
  TEMPLATE_EXAMPLE_MAX_BYTES,
  TEMPLATE_LINE_MAX,
  TEMPLATE_MESSAGE_MAX,
  TEMPLATE_TAGS_MAX,
  TEMPLATES_MAX,
  TEMPLATES_OF_ALL_MAX,
  TAGS_MAX,
  TITLE_MAX,
  TOPIC_MAX,
  TOPICS_MAX,
  URL_MAX,
} from '@herald/protocol';
import { readFileSync } from 'node:fs';
import { WINDOW_MS } from '../../src/auth/attempt-count.js';
import type { Environment } from '../../src/config/environment.js';
import { checkEnvironment } from '../../src/config/read-environment.js';
import { WINDOW_BYTES } from '../../src/delivery/connection/window.js';
import { PAGES_BYTES_MAX, READS_MAX } from '../../src/delivery/log/pages.js';
import { UNCONFIRMED_CONNECTIONS_MAX, UNCONFIRMED_USERS_MAX } from '../../src/delivery/connection/unconfirmed.js';
import { PAGE_BYTES_MAX } from '../../src/notifications/first-page.js';
import { NESTING_MAX } from '../../src/notifications/markdown-nesting.js';
import { BATCH_MAX, SEND_BODY_LIMIT } from '../../src/notifications/send-notification.dto.js';
import { SILENT_HEARTBEATS_MAX } from '../../src/connections/sweep.js';
import { POSITION_TEXT_MAX } from '../../src/stream/position-text.js';

/**
 * Values of a row, in bytes, milliseconds or plain numbers: those of its default, then those of its name, in the order
 * of the page. A function, so that a missing constant fails only the test of its row.
 */
type Values = () => number[];

const MIB = 1024 * 1024;
const DAY_MS = 86_400_000;

const APPS = 'apps/apps.service';
const BYTES_IN_FLIGHT = 'http/bytes-in-flight';
const ENVIRONMENT = 'config/environment';
const PRODUCTION_RULES = 'config/secret-rules';
const FRAMES = 'gateway/frame-allowance';
const HASH_QUEUE = 'auth/hash-queue';
const HTTP_SERVER = 'http/http-server';
const IDEMPOTENCY = 'notifications/idempotency';
const JSON_SIZE = 'http/json-size';
const LOGGER = 'operations/logger';
const LOGIN_THROTTLE = 'auth/login-throttle';
const LOG_OUTPUT = 'operations/log-output';
const NOTIFICATIONS = 'repository/in-memory/in-memory-notification-repository';
const PLAIN_CONNECTIONS = 'http/plain-connections';
const PROXY_LIST = 'config/proxy-list';
const SCHEDULE = 'notifications/schedule';

/** Limits that are constants, by the name of their row up to its first semicolon. */
export const CONSTANTS: Record<string, Values> = {
  'request body': () => [constant('configure-app', 'BODY_LIMIT_BYTES')],
  'request body of a send': () => [SEND_BODY_LIMIT, constant('configure-app', 'BODY_LIMIT_BYTES')],
  'request body of a sign-in': () => [constant('auth/auth.controller', 'SIGN_IN_BODY_LIMIT')],
  'request body of a webhook with a template': () => [constant('ingest/webhooks/webhook-door', 'BODY_LIMIT')],
  'values in a body, counted before it is parsed': () => [constant(JSON_SIZE, 'VALUES_MAX')],
  'values in the payload of a webhook, counted before it is parsed': () => [
    constant('ingest/webhooks/webhook-door', 'VALUES_MAX'),
  ],
  'one text that the doors for other programs read': () => [constant('ingest/json-fields', 'FOREIGN_TEXT_MAX')],
  'texts of a template of an app': () => [TEMPLATE_MESSAGE_MAX, TEMPLATE_LINE_MAX],
  'tags of such a text, and levels of its sections': () => [TEMPLATE_TAGS_MAX, TEMPLATE_DEPTH_MAX],
  'characters of a tag': () => [numberIn('ingest/own-templates/template-text', /\{0,(\d+)\}/)],
  'parts and items of lists that the message of a template visits in a payload, and each other text': () => [
    constant('ingest/own-templates/own-template', 'STEPS_OF_MESSAGE_MAX'),
    constant('ingest/own-templates/own-template', 'STEPS_OF_LINE_MAX'),
  ],
  'example of a template, as JSON': () => [TEMPLATE_EXAMPLE_MAX_BYTES],
  'alerts of a webhook whose texts are read': () => [constant('ingest/webhooks/alerts', 'ALERTS_MAX')],
  'values in each notification of a batch, counted before it is parsed': () => [constant(JSON_SIZE, 'ITEM_VALUES_MAX')],
  'notifications in a batch': () => [BATCH_MAX],
  'text or form that an app sends': () => [constant('http/form-body', 'FORM_MAX_BYTES')],
  'fields of a form': () => [constant('http/form-body', 'FORM_FIELDS_MAX')],
  'nesting of a body': () => [constant(JSON_SIZE, 'DEPTH_MAX')],
  'one text in a body': () => [constant('http/text-faults', 'TEXT_MAX')],
  'name of a field in a body': () => [constant('http/text-faults', 'NAME_MAX')],
  'values in a query': () => [constant('http/query-check', 'QUERY_VALUES_MAX')],
  'preferences and saved filters of a person, together': () => [PREFERENCES_MAX_BYTES],
  'secret of an app that its webhooks must prove': () => [SECRET_MAX],
  '`Idempotency-Key`, and a new password': () => [IDEMPOTENCY_KEY_MAX, constant('auth/login.dto', 'PASSWORD_MAX')],
  'faults named in the refusal of a batch': () => [constant('validation/one-or-many.pipe', 'DETAILS_MAX')],
  'unacknowledged bytes in flight to a WebSocket': () => [WINDOW_BYTES],
  'encoded frames kept for a lane': () => [
    constant('delivery/channel', 'RETAINED_BYTES_MAX'),
    constant('delivery/channel', 'RETAINED_BYTES_EACH'),
  ],
  'encoded frames read back from the store for connections that are behind, of all lanes': () => [
    PAGES_BYTES_MAX,
    READS_MAX,
  ],
  'closing handshake of a WebSocket': () => [constant('gateway/upgrade/upgrade', 'CLOSE_TIMEOUT_MS')],
  'additions and removals that inboxes follow without counting again': () => [
    constant('repository/in-memory/notification-index', 'EVENTS_MAX'),
  ],
  'idempotency keys of one sender, kept for a day': () => [
    constant(IDEMPOTENCY, 'SENDER_BYTES_MAX'),
    constant(IDEMPOTENCY, 'DAY_MS'),
  ],
  'idempotency keys of all senders': () => [
    constant(IDEMPOTENCY, 'KEPT_BYTES_MAX'),
    constant(IDEMPOTENCY, 'RESERVED_BYTES'),
  ],
  'title, message, category of a notification': () => [TITLE_MAX, MESSAGE_MAX, CATEGORY_MAX],
  'audience, actions and tags of a notification': () => [AUDIENCE_MAX, ACTIONS_MAX, TAGS_MAX],
  'data of a notification, as JSON': () => [DATA_MAX_BYTES, DATA_DEPTH_MAX],
  'URL of a notification or action, name of a role, and topic': () => [URL_MAX, NAME_MAX, TOPIC_MAX],
  'roles and topics of a person': () => [ROLES_MAX, TOPICS_MAX],
  'search: its length, and its words': () => [SEARCH_MAX, SEARCH_WORDS_MAX],
  'rules for categories, and saved filters, of a person': () => [CATEGORY_RULES_MAX, FILTERS_MAX],
  'nested quotes and lists in Markdown': () => [NESTING_MAX],

  'pipelined requests of one connection': () => [constant(PLAIN_CONNECTIONS, 'MAX_PIPELINED')],
  'bodies and answers in flight for one address': () => [
    constant(BYTES_IN_FLIGHT, 'MAX_BYTES_PER_ADDRESS'),
    constant(BYTES_IN_FLIGHT, 'COUNTED_FROM_BYTES'),
  ],
  'bodies and answers in flight for all addresses': () => [
    constant(BYTES_IN_FLIGHT, 'MAX_BYTES'),
    constant(BYTES_IN_FLIGHT, 'RESERVED_BYTES'),
  ],
  'time for the headers of a request': () => [constant(HTTP_SERVER, 'HEADERS_TIMEOUT_MS')],
  'time for a whole request': () => [constant(HTTP_SERVER, 'REQUEST_TIMEOUT_MS')],
  'time without progress of an answer or a download': () => [constant(HTTP_SERVER, 'UNREAD_TIMEOUT_MS')],
  'idle time of a kept-alive connection': () => [constant(HTTP_SERVER, 'KEEP_ALIVE_MS')],
  'size of a WebSocket frame': () => [MAX_FRAME_BYTES],
  'frames and pings of a connection': () =>
    ['PER_SECOND', 'BURST', 'BYTES_FOR_ONE', 'FRAME_BYTES'].map((name) => constant(FRAMES, name)),
  'unread bytes buffered for a WebSocket that goes on sending': () => [
    constant('gateway/socket-connection', 'MAX_BUFFERED_BYTES'),
  ],
  'fragments of one message': () => [constant('gateway/upgrade/upgrade', 'MAX_FRAGMENTS')],
  'faulty frames of a connection': () => [constant('gateway/socket-connection', 'MAX_FAULTS')],
  'time until the first `hello`': () => [constant('gateway/liveness', 'HELLO_WITHIN_MS')],
  'time in which a refused body may still arrive before the connection is closed': () => [
    constant('http/refusal/socket-refusal', 'LINGER_MS'),
  ],
  'refused connections that wait for their clients, for as long': () => [
    constant('http/refusal/socket-refusal', 'LINGERING_MAX'),
  ],
  'at shutdown: time without progress of a request': () => [constant(PLAIN_CONNECTIONS, 'STOP_QUIET_MS')],
  'at shutdown: time for all requests': () => [constant(PLAIN_CONNECTIONS, 'STOP_WITHIN_MS')],

  // libuv's default of four threads, which the server does not change.
  'concurrent password hashes': () => [constant(HASH_QUEUE, 'RUNNING_MAX'), 4],
  'queued password hashes': () => twice(constant(HASH_QUEUE, 'WAITING_MAX')),
  'queued password hashes of one network': () => twice(constant(HASH_QUEUE, 'WAITING_PER_NETWORK_MAX')),
  'failed sign-ins from one network, to accounts that do not know it': () => [
    constant(LOGIN_THROTTLE, 'FAILURES_PER_NETWORK'),
    WINDOW_MS,
  ],
  'failed sign-ins to one account, from all networks that it does not know': () => [
    constant(LOGIN_THROTTLE, 'FAILURES_PER_ACCOUNT'),
    WINDOW_MS,
  ],
  'failed sign-ins to one account, from one network that it knows': () => [
    constant(LOGIN_THROTTLE, 'FAILURES_PER_NETWORK'),
    WINDOW_MS,
  ],
  'successful sign-ins to one account from one network': () => [
    constant(LOGIN_THROTTLE, 'SIGN_INS_PER_ACCOUNT_AND_NETWORK'),
    WINDOW_MS,
  ],
  'keys that no app has, tried from one network': () => [constant('auth/app-keys', 'UNKNOWN_PER_NETWORK'), WINDOW_MS],
  'keys of each count above': () => [constant('auth/attempt-count', 'KEYS_MAX')],
  'known networks of one account': () => [constant('auth/known-networks', 'KNOWN_NETWORKS_MAX')],
  'signed-out sign-ins remembered for one account': () => [constant('auth/signed-out', 'SIGNED_OUT_MAX')],
  'time that a sign-out is remembered beyond the life of its tokens': () => [constant('auth/signed-out', 'MARGIN_MS')],
  'people whose last connection is remembered, so that it is stored once an hour': () => [
    constant('auth/last-seen', 'REMEMBERED_MAX'),
  ],
  'verified tokens in the cache': () => [constant('auth/verified-tokens', 'CAPACITY')],
  'time for which the previous key of an app stays valid after a rotation': () => [constant(APPS, 'ROTATION_MS')],
  'keys of apps in the cache, and as many that no app has': () => [constant('auth/app-keys', 'KNOWN_MAX')],
  'delay until a key that was revoked at one server is refused by the others': () => [
    constant('auth/app-keys', 'FRESH_MS'),
  ],
  'apps whose last use is remembered, so that it is stored once a minute': () => [
    constant('auth/app-uses', 'REMEMBERED_MAX'),
    constant('auth/app-uses', 'NOTED_EVERY_MS'),
  ],
  'last uses of apps that are stored in one transaction': () => [constant('auth/app-uses', 'AT_ONCE')],
  'names and passwords of requests that are remembered until their token ends': () => [
    constant('auth/basic-sign-ins', 'REMEMBERED_MAX'),
  ],
  'life of a ticket': () => [constant('auth/tickets', 'LIFETIME_SECONDS') * 1000],
  'used tickets of one user that are remembered, at 200 bytes each': () => [
    constant('auth/tickets', 'USED_MAX'),
    constant('auth/tickets', 'USED_BYTES'),
  ],
  'time that a used ticket is remembered beyond its life': () => [constant('auth/tickets', 'SKEW_SECONDS') * 1000],
  'time after a sign-in during which its token can be renewed': () => [
    constant('auth/token.service', 'SIGN_IN_DAYS') * DAY_MS,
  ],

  // Earlier entries are emptied, and keep one place in the channel of their person.
  'content of `preferences` entries': () => [
    constant(NOTIFICATIONS, 'EMPTIED_BYTES') + constant(NOTIFICATIONS, 'EMPTIED_PLACE_BYTES'),
  ],
  'scheduled notifications of one sender': () => [SCHEDULED_MAX, member(SCHEDULE, 'LIMITS', 'bytes')],
  'scheduled notifications of all senders': () => [
    member(SCHEDULE, 'LIMITS', 'bytesOfAll'),
    member(SCHEDULE, 'LIMITS', 'reserved'),
  ],
  'entries that are trimmed in one transaction of a file': () => [constant('repository/sql/log/retention', 'SLICE')],
  'entries that are stored by the same statements of a file': () => [
    constant('repository/sql/log/append-queue', 'TOGETHER_MAX'),
  ],
  'changes in one transaction of a file': () => [constant('repository/sql/transactions', 'TOGETHER_MAX')],
  'people and lanes whose reports of received entries are gathered until they are stored': () => [
    constant('repository/sql/pending-receipts', 'PENDING_MAX'),
  ],
  'apps of one owner': () => [APPS_OF_USER_MAX, APPS_MAX],
  'templates of one app': () => [TEMPLATES_MAX],
  'templates of all apps': () => [TEMPLATES_OF_ALL_MAX],
  'names that one owner has given to apps, with those of removed apps': () => [APP_NAMES_MAX],
  'apps of all owners': () => [APPS_OF_ALL_MAX],
  'remembered lanes without an entry': () => [constant('repository/in-memory/stored-lanes', 'EMPTY_MAX')],
  'page of a list': () => [constant('validation/page-limit', 'PAGE_MAX'), PAGE_BYTES_MAX],
  'time in one turn of the event loop for checking batches, searching, changing many notifications, counting inboxes and handling what is due':
    () => [constant('timing/loop-share', 'SLICE_MS')],
  'due items fetched at once': () => [constant('timing/alarm', 'AT_ONCE')],
  'notifications that one request changes by a filter': () => [CHANGE_MATCHES_MAX],
  'notifications in one atomic change of state': () => [CHANGE_IDS_MAX],

  'people named in receipts': () => [NAMED_RECIPIENTS_MAX],
  'audiences with shared recipients': () => [constant('repository/in-memory/audiences', 'SHARED_MAX')],
  'answers of one person to a notification': () => [ANSWERS_KEPT_MAX],
  'closed connections of one person whose unacknowledged entries are remembered': () => [UNCONFIRMED_CONNECTIONS_MAX],
  'people with such connections': () => [UNCONFIRMED_USERS_MAX],
  '`id` of an event in the event stream': () => [POSITION_TEXT_MAX],

  'delay until scheduled sends, expiries and snoozes notice a step of the wall clock or the end of a suspend': () => [
    constant('timing/alarm', 'LOOK_AGAIN_MS'),
  ],
  "delay until a connection's token expires after such a step": () => [constant('connections/sweep', 'SWEEP_MS')],
  'estimated strength of `SECRET_KEY` in production': () =>
    ['SECRET_MIN_BITS', 'SECRET_MIN_LENGTH'].map((name) => constant(PRODUCTION_RULES, name)),
  'estimated strength of `ADMIN_PASSWORD` in production': () => [
    constant(PRODUCTION_RULES, 'PASSWORD_MIN_BITS'),
    constant(PRODUCTION_RULES, 'PASSWORD_MIN_LENGTH'),
  ],
  'widest range in `TRUSTED_PROXIES`': () => [
    constant(PROXY_LIST, 'IPV4_BITS_MIN'),
    constant(PROXY_LIST, 'IPV6_BITS_MIN'),
  ],
  'log lines waiting for a reader': () => [constant(LOG_OUTPUT, 'MAX_WAITING_BYTES')],
  'complaints on standard error about a log that fails again and again': () => [
    1,
    constant(LOG_OUTPUT, 'COMPLAIN_AGAIN_MS'),
  ],
  'log line': () => [constant(LOGGER, 'LINE_MAX'), constant(LOGGER, 'TEXT_MAX')],
  'time to stop after the drain or an uncaught error': () => [constant('serve', 'STOP_WITHIN_MS')],
  'time that a stopped process waits for unread log lines': () => [constant('leaving', 'LEAVE_WITHIN_MS')],
};

/** Values after the value of the variable, for rows that have more. */
export const BESIDE_VARIABLE: Record<string, Values> = {
  'notifications that a user sends, together with their apps': () => [
    BATCH_MAX,
    ...twice(constant('notifications/send-allowance', 'BYTES_OF_ONE')),
  ],
  'other changes that a user makes': () =>
    ['WRITES_AT_ONCE', 'BYTES_OF_ONE'].map((name) => constant('auth/write-allowance', name)),
};

/** Limits that depend on a variable without being its value. */
export const DERIVED: Record<string, Values> = {
  'time without progress of an event stream': () => [SILENT_HEARTBEATS_MAX, constant(HTTP_SERVER, 'UNREAD_TIMEOUT_MS')],
  'stored notifications in a file, and as many other entries': () => [onDisk().HISTORY_LIMIT],
  'size of the history in a file': () => [onDisk().HISTORY_MB * MIB],
  'memory of the history': () => [
    constant(ENVIRONMENT, 'HISTORY_MB_DEFAULT') * MIB,
    1 / numberIn(ENVIRONMENT, /heap_size_limit\s*\/\s*MIB\s*\/\s*(\d+)/),
    constant(NOTIFICATIONS, 'NOTIFICATIONS_SHARE'),
  ],
};

const onDisk = (): Environment => checkEnvironment({ DATABASE_URL: 'sqlite:./herald.db' });

/** Rows without a number in the source, with the reason. */
export const WITHOUT_CONSTANT: Record<string, string> = {
  'names in receipts': 'follows from who asks, and from the audience',
  'life of receipts': 'receipts go with their notification',
  'concurrent searches, pages of the inbox, and changes by filter of one user': 'each inbox has one chain of promises',
};

function twice(value: number): number[] {
  return [value, value];
}

/** Value of a constant, exported or not. @param file path below server/src, without extension */
function constant(file: string, name: string): number {
  return evaluate(file, textIn(file, new RegExp(`^(?:export )?const ${name}(?:: \\w+)?\\s*=\\s*([^;]+);`, 'm')));
}

/** Value of a number in a constant object. */
function member(file: string, name: string, key: string): number {
  return evaluate(file, textIn(file, new RegExp(`^const ${name}\\s*=\\s*\\{[^}]*\\b${key}: ([^,}]+)`, 'm')));
}

function numberIn(file: string, pattern: RegExp): number {
  return evaluate(file, textIn(file, pattern));
}

/** @throws Error if the file does not match the pattern */
function textIn(file: string, pattern: RegExp): string {
  const found = pattern.exec(readFileSync(`server/src/${file}.ts`, 'utf8'))?.[1];
  if (found === undefined) throw new Error(`server/src/${file}.ts does not match ${String(pattern)}`);
  return found.trim();
}

/** Value of a product or quotient of numbers and constants of the same file, from left to right. */
function evaluate(file: string, expression: string): number {
  const [first = '', ...rest] = expression.split(/\s*([*/])\s*/);
  let value = factor(file, first);
  for (let at = 0; at < rest.length; at += 2) {
    const next = factor(file, rest[at + 1] ?? '');
    value = rest[at] === '*' ? value * next : value / next;
  }
  return value;
}

/** @throws Error if the text is neither a number nor a constant of the file */
function factor(file: string, text: string): number {
  if (/^[A-Z]\w*$/.test(text)) return constant(file, text);
  if (!/^\d[\d_]*(\.\d+)?$/.test(text)) throw new Error(`server/src/${file}.ts: ${text} is no simple number`);
  return Number(text.replaceAll('_', ''));
}
