import type { LoggerService } from '@nestjs/common';
import { type DestinationStream, type Logger as Pino, pino } from 'pino';
import pretty from 'pino-pretty';
import type { Environment } from '../config/environment.js';

/** Nest's account of its own start: true of every start, so only of interest when debugging. */
const FRAMEWORK_CONTEXTS = new Set([
  'InstanceLoader',
  'NestApplication',
  'NestFactory',
  'RouterExplorer',
  'RoutesResolver',
  'WebSocketsController',
]);

/** A JSON Web Token, wherever it stands: its header is a JSON object, and `{"` is `eyJ` in base64url. */
const JSON_WEB_TOKEN = /eyJ[\w-]{8,}(?:(?:\.|%2[Ee])[\w-]*)+/g;
const ENCODED = /%[2-7][\dA-Fa-f]/g;
/** What stands in the place of a token, whatever its form. */
const TOKEN_PLACE = /(token(?:=|%3D)|\bbearer(?: |%20|\.)+(?=[\w.~+/%-]{16}))[\w.~+/%-]+=*/gi;

/** JSON lines in production, readable lines elsewhere; both without tokens. */
export function createPino({ LOG_LEVEL, isProduction }: Environment, output: DestinationStream = pino.destination(1)): Pino {
  const options = { level: LOG_LEVEL, base: undefined, hooks: { streamWrite: redact } };
  if (isProduction) return pino(options, output);
  const readable = { singleLine: true, translateTime: 'SYS:HH:MM:ss', ignore: 'context', messageFormat: '{msg}' };
  return pino(options, pretty({ ...readable, destination: output }));
}

/** The last gate before the output: whatever a message, an URL or a stack holds, a token does not pass. */
export function redact(line: string): string {
  return line.replace(ENCODED, asPlain).replace(JSON_WEB_TOKEN, '[redacted]').replace(TOKEN_PLACE, '$1[redacted]');
}

/** What need not be encoded is the same when it is not (RFC 3986, section 6.2.2.2). */
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
