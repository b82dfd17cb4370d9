import type { LoggerService } from '@nestjs/common';
import { type DestinationStream, type Logger as Pino, pino } from 'pino';
import cluster from 'node:cluster';
import { prettyFactory } from 'pino-pretty';
import type { Environment } from '../config/environment.js';
import { LogOutput } from './log-output.js';

/** Contexts of Nest's start-up messages, which are the same at every start, and are logged at debug level. */
const FRAMEWORK_CONTEXTS = new Set([
  'InstanceLoader',
  'NestApplication',
  'NestFactory',
  'RouterExplorer',
  'RoutesResolver',
  'WebSocketsController',
]);

/** Limits in UTF-16 code units. The texts of longer lines are cut, so that a few requests can't fill the disk. */
const LINE_MAX = 8192;
const TEXT_MAX = 2048;

/** Text that may be a JSON Web Token. Matches it as a whole: a search for its parts would take quadratic time. */
const TOKEN_CHARACTERS = /[\w.-]+/g;
/** A token's header is a JSON object, and `{"` is `eyJ` in base64url. */
const TOKEN_START = 'eyJ';
const HEADER_MIN = 11;
const ENCODED = /%[2-7][\dA-Fa-f]/g;
/** A value where a token is expected, whatever its form; ntfy clients may pass the header `Authorization` as `auth` in the query. */
const TOKEN_PLACE =
  /((?:token|ticket|\bauth(?:orization)?)(?:=|%3D)|\bbearer(?: |%20|\.)+(?=[\w.~+/%-]{16}))[\w.~+/%-]+=*/gi;
/** A slash, also as proxies and queries encode it, once or several times. */
const SLASH = String.raw`(?:/|%(?:25){0,3}2[Ff])`;
/** The key of an app in a path of the doors, also a mistyped one. It has a digit, which names of files there have not. */
const KEY_PLACE = new RegExp(
  String.raw`(${SLASH}(?:slack|hooks|services(?:${SLASH}[^/?"%\s]{1,100}){2})${SLASH})(?=[A-Za-z_.-]{0,100}\d)[\w.-]{8,}`,
  'g',
);
/**
 * The key of an app, as `newAppKey` makes it: its digit tells it from a word. It starts a run of its characters, or
 * follows an escaped line break in JSON, or an encoded character.
 */
const APP_KEY = /(?<=^|[^\w.-]|\\[bfnrt]|%(?:25){0,3}[\dA-Fa-f]{2})(?:tk_)?A(?=[\w.-]{0,13}\d)[\w.-]{14}(?!\.*[\w-])/g;

/** JSON lines in production, readable lines elsewhere; both name the worker if there are several, and have no tokens or keys. */
export function createPino(
  { LOG_LEVEL, isProduction }: Environment,
  output: DestinationStream = standardOutput(),
  worker = cluster.worker?.id,
): Pino {
  const options = {
    level: LOG_LEVEL,
    base: worker === undefined ? undefined : { worker },
    hooks: { streamWrite: (line: string) => shorten(redact(line)) },
  };
  if (isProduction) return pino(options, output);
  const readable = {
    singleLine: true,
    translateTime: 'SYS:HH:MM:ss',
    ignore: 'context,worker',
    messageFormat: '{if worker}[worker {worker}] {end}{msg}',
  };
  const toText = prettyFactory(readable);
  return pino(options, { write: (line) => output.write(toText(line)) });
}

function standardOutput(): LogOutput {
  return new LogOutput(process.stdout, process.stderr);
}

/** Hides tokens and keys in any message, URL or stack. Takes time linear in the length of the line. */
export function redact(line: string): string {
  return line
    .replace(ENCODED, asPlain)
    .replace(TOKEN_CHARACTERS, withoutToken)
    .replace(KEY_PLACE, '$1[redacted]')
    .replace(APP_KEY, '[redacted]')
    .replace(TOKEN_PLACE, '$1[redacted]');
}

/** Redacts a text from the beginning of its first JSON Web Token, which is a header and a dot. */
function withoutToken(text: string): string {
  let dot = 0;
  for (let start = text.indexOf(TOKEN_START); start !== -1; start = text.indexOf(TOKEN_START, dot)) {
    dot = text.indexOf('.', start);
    if (dot === -1) return text;
    if (dot - start >= HEADER_MIN) return `${text.slice(0, start)}[redacted]`;
  }
  return text;
}

/** Cuts the texts of a line that is too long. The result is still a line of JSON. */
export function shorten(line: string): string {
  if (line.length <= LINE_MAX) return line;
  const cut = (_: string, value: unknown): unknown =>
    typeof value === 'string' && value.length > TEXT_MAX ? cutText(value) : value;
  return `${JSON.stringify(JSON.parse(line), cut)}\n`;
}

function cutText(text: string): string {
  return `${text.slice(0, TEXT_MAX)}… (${text.length} characters)`;
}

/** Decodes an unreserved character, which has the same meaning in both forms (RFC 3986, section 6.2.2.2). */
function asPlain(encoded: string): string {
  const letter = String.fromCharCode(Number.parseInt(encoded.slice(1), 16));
  return /[\w.~-]/.test(letter) ? letter : encoded;
}

/** Lets Nest and our own services log through pino. */
export class NestLogger implements LoggerService {
  constructor(private readonly pino: Pino) {}

  log(message: unknown, context?: string): void {
    if (context !== undefined && FRAMEWORK_CONTEXTS.has(context)) this.pino.debug({ context }, String(message));
    else this.pino.info({ context }, String(message));
  }

  error(message: unknown, ...rest: unknown[]): void {
    const context = rest.at(-1);
    if (message instanceof Error) this.pino.error({ context, err: message }, message.message);
    else this.pino.error({ context, stack: rest.length > 1 ? rest[0] : undefined }, String(message));
  }

  warn(message: unknown, context?: string): void {
    this.pino.warn({ context }, String(message));
  }

  debug(message: unknown, context?: string): void {
    this.pino.debug({ context }, String(message));
  }

  verbose(message: unknown, context?: string): void {
    this.pino.trace({ context }, String(message));
  }
}
