import { Busboy } from '@fastify/busboy';
import { PayloadTooLargeException, UnsupportedMediaTypeException } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest, RequestPayload } from 'fastify';
import { isUtf8 } from 'node:buffer';
import { invalidRequest } from '../validation/invalid-request.js';
import { checkCharset } from './json-body.js';
import type { Refusal } from './refusal/refusal.js';
import { faultOfTexts } from './text-faults.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether the route reads texts and forms beside JSON. */
    takesForms?: boolean;
  }

  interface FastifyRequest {
    /** Whether the body was a text or a form, and not JSON. */
    isForm: boolean;
  }
}

/** Largest text or form in bytes, also where a route takes more JSON. */
const FORM_MAX_BYTES = 64 * 1024;
/** Fields of a form, counted before it is parsed. */
const FORM_FIELDS_MAX = 100;
const AMPERSAND = 0x26;
const PERCENT = 0x25;
const PLUS = 0x2b;
const SPACE = 0x20;
/** The bit by which a small letter differs from its capital. */
const LOWER_CASE = 0x20;
/** Stands for bytes that are not UTF-8 when a parser decodes them. */
const REPLACEMENT = '\uFFFD';
const FORMS = /^\s*(?:text\/plain|application\/x-www-form-urlencoded|multipart\/form-data)\b/i;

type Form = Record<string, string>;
type Read = (body: Buffer, contentType: string) => Form | Promise<Form>;

/**
 * Reads texts and forms, on routes with `@RouteConfig({ takesForms: true })`. A text becomes the field `message`; files
 * are ignored. Like an invalid JSON body, one that can't be read is replaced by the refusal `invalid_request`.
 * @throws UnsupportedMediaTypeException on other routes, and for a text in another charset
 */
export function readFormBodies(server: FastifyInstance): void {
  server.decorateRequest('isForm', false);
  const add = (type: string, read: Read): void => {
    server.addContentTypeParser(type, { parseAs: 'buffer' }, async (request: FastifyRequest, body: Buffer) => {
      if (body.length > FORM_MAX_BYTES) throw new PayloadTooLargeException('The body is too large');
      request.isForm = true;
      request.bodyBytes = body.length;
      return checked(read, body, request);
    });
  };
  add('text/plain', readText);
  add('application/x-www-form-urlencoded', readPairs);
  add('multipart/form-data', readParts);
  // Before the body is read.
  server.addHook('onRoute', (route) => {
    if (route.config?.takesForms !== true) route.preParsing = refuseForms;
  });
}

function refuseForms(
  request: FastifyRequest,
  _: FastifyReply,
  body: RequestPayload,
  done: (error: Error | null, body?: RequestPayload) => void,
): void {
  const { method, headers } = request;
  const hasBody = method !== 'GET' && method !== 'HEAD';
  if (hasBody && FORMS.test(headers['content-type'] ?? '')) {
    done(new UnsupportedMediaTypeException('The body must be application/json'));
  } else done(null, body);
}

async function checked(read: Read, body: Buffer, { headers, routeOptions }: FastifyRequest): Promise<unknown> {
  const contentType = headers['content-type'] ?? '';
  checkCharset(contentType);
  let form: Form;
  try {
    form = await read(body, contentType);
  } catch {
    return invalidForm();
  }
  const fault = faultOfTexts(form, '', routeOptions.config.checkedFields);
  return fault === undefined ? form : invalidRequest([fault]);
}

/** The form is broken, has too many fields or is not in UTF-8. */
export function invalidForm(): Refusal {
  return invalidRequest([{ field: 'body', code: 'invalid_form', reason: 'body is not a valid form' }]);
}

function readText(body: Buffer): Form {
  if (!isUtf8(body)) throw notUtf8();
  return {
    message: body
      .toString()
      .replace(/^\uFEFF/, '')
      .trim(),
  };
}

/**
 * The texts of a form, read as its type says; files are skipped.
 * @throws Error if it is broken or has too many fields
 */
export function textsOfForm(body: Buffer, contentType: string): Form | Promise<Form> {
  return /^\s*multipart\/form-data\b/i.test(contentType) ? readParts(body, contentType) : readPairs(body);
}

/** curl sends `-d TEXT` with the type of a form, so a body without any field is a text. */
function readPairs(body: Buffer): Form {
  if (!body.includes('=')) return readText(body);
  if (countOf(AMPERSAND, body) >= FORM_FIELDS_MAX) throw tooManyFields();
  if (!isUtf8(unescaped(body))) throw notUtf8();
  return textsIn(new URLSearchParams(withSpaces(body)));
}

/** The bytes with those that are written like `%FC`, as URLSearchParams reads them: any other `%` is itself. */
function unescaped(body: Buffer): Buffer {
  const bytes = Buffer.alloc(body.length);
  let length = 0;
  for (let at = 0; at < body.length; at++) {
    const high = digitOf(body[at + 1]);
    const low = digitOf(body[at + 2]);
    const isEscape = body[at] === PERCENT && high !== undefined && low !== undefined;
    bytes[length++] = isEscape ? high * 16 + low : (body[at] ?? 0);
    if (isEscape) at += 2;
  }
  return bytes.subarray(0, length);
}

/** The value of a hexadecimal digit, in ASCII. */
function digitOf(byte = 0): number | undefined {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | LOWER_CASE;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : undefined;
}

/** The form with spaces for its plus signs: URLSearchParams takes 50 ms to replace a million of them. */
function withSpaces(body: Buffer): string {
  const form = Buffer.from(body);
  for (let at = 0; at < form.length; at++) if (form[at] === PLUS) form[at] = SPACE;
  return form.toString();
}

/** Files are skipped. The form must end with its closing boundary. */
function readParts(body: Buffer, contentType: string): Promise<Form> {
  return new Promise((resolve, reject) => {
    const texts: [string, string][] = [];
    const limits = { fields: FORM_FIELDS_MAX, files: 0, parts: FORM_FIELDS_MAX, fieldSize: body.length };
    const parser = new Busboy({ headers: { 'content-type': contentType }, limits });
    parser.on('field', (name, value) => {
      if (value.includes(REPLACEMENT) && !body.includes(REPLACEMENT)) reject(notUtf8());
      texts.push([name, value]);
    });
    for (const exceeded of ['fieldsLimit', 'partsLimit'] as const) parser.on(exceeded, () => reject(tooManyFields()));
    parser.on('error', reject);
    parser.on('finish', () => resolve(textsIn(texts)));
    parser.end(body);
  });
}

/** Several texts of one name are joined by commas, as lists are in a form. */
function textsIn(fields: Iterable<[string, string]>): Form {
  const form = new Map<string, string>();
  for (const [name, value] of fields) {
    const before = form.get(name);
    form.set(name, before === undefined ? value : `${before},${value}`);
  }
  return Object.fromEntries(form);
}

const notUtf8 = (): TypeError => new TypeError('not UTF-8');
const tooManyFields = (): RangeError => new RangeError('too many fields');

function countOf(byte: number, bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(byte); at !== -1; at = bytes.indexOf(byte, at + 1)) count += 1;
  return count;
}
