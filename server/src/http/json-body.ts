import type { FieldError } from '@herald/protocol';
import { UnsupportedMediaTypeException } from '@nestjs/common';
import type { FastifyContextConfig, FastifyInstance, FastifyRequest } from 'fastify';
import { isUtf8 } from 'node:buffer';
import { setImmediate } from 'node:timers/promises';
import { loopShare } from '../timing/loop-share.js';
import { invalidRequest } from '../validation/invalid-request.js';
import { faultOfJsonSize } from './json-size.js';
import type { Refusal } from './refusal/refusal.js';
import { faultOfTexts } from './text-faults.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Items allowed in a body that is an array; undefined if the body is a single object. */
    itemsMax?: number;
    /** Fields of the body or of its items whose texts are checked, if others are ignored; undefined if all are checked. */
    checkedFields?: readonly string[];
  }

  interface FastifyRequest {
    /** Size of the raw body in bytes. */
    bodyBytes: number;
  }
}

/** The values of a larger body are counted in one turn of the event loop, and it is parsed in later ones. */
const TURN_ABOVE_BYTES = 64 * 1024;
const CHARSETS = ['utf-8', 'utf8', 'us-ascii'];

/**
 * Reads JSON bodies in UTF-8. An empty body counts as no body, even with a JSON content type.
 * An invalid body is replaced by the refusal `invalid_request`, which the validation pipe throws after the guards have
 * run: without a valid token the answer is 401, and an invalid body counts against its sender's rate like any other.
 * @throws UnsupportedMediaTypeException for another charset
 */
export function readJsonBodies(server: FastifyInstance): void {
  server.decorateRequest('bodyBytes', 0);
  server.removeContentTypeParser('application/json');
  server.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async (request: FastifyRequest, json: Buffer) => {
      checkCharset(request.headers['content-type'] ?? '');
      request.bodyBytes = json.length;
      return json.length === 0 ? undefined : read(json, request.routeOptions.config);
    },
  );
}

/** @throws UnsupportedMediaTypeException for another charset than UTF-8 */
export function checkCharset(contentType: string): void {
  const [, charset = 'utf-8'] = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(contentType) ?? [];
  if (!CHARSETS.includes(charset.toLowerCase())) throw new UnsupportedMediaTypeException('The body must be in UTF-8');
}

async function read(json: Buffer, { itemsMax, checkedFields }: FastifyContextConfig): Promise<unknown> {
  if (!isUtf8(json)) return refusal({ field: 'body', code: 'invalid_utf8', reason: 'body is not valid UTF-8' });
  const commas: number[] = [];
  const size = faultOfJsonSize(json, itemsMax, commas);
  if (size !== undefined) return refusal(size);
  if (json.length > TURN_ABOVE_BYTES) await setImmediate();
  try {
    return json.length > TURN_ABOVE_BYTES && commas.length > 0
      ? await parseItems(json, commas, checkedFields)
      : parse(json, checkedFields);
  } catch {
    return refusal({ field: 'body', code: 'invalid_json', reason: 'body is not valid JSON' });
  }
}

/** @throws SyntaxError */
function parse(json: Buffer, fields: readonly string[] | undefined): unknown {
  const body: unknown = JSON.parse(json.toString().replace(/^\uFEFF/, ''));
  const text = faultOfTexts(body, '', fields);
  return text === undefined ? body : refusal(text);
}

/**
 * Parses an array item by item, and yields to the event loop in between: V8 is slow at objects whose field names are
 * all different.
 * @param commas offsets of the commas between the items: each part is valid JSON if and only if the whole is
 * @throws SyntaxError
 */
async function parseItems(
  json: Buffer,
  commas: readonly number[],
  fields: readonly string[] | undefined,
): Promise<unknown> {
  const end = json.lastIndexOf(']');
  if (json.toString('latin1', end + 1).trim() !== '') throw new SyntaxError('something follows the array');
  const items: unknown[] = [];
  let start = json.indexOf('[') + 1;
  for (const comma of [...commas, end]) {
    const item: unknown = JSON.parse(json.toString('utf8', start, comma));
    const text = faultOfTexts(item, `[${items.length}]`, fields);
    if (text !== undefined) return refusal(text);
    items.push(item);
    start = comma + 1;
    await loopShare.pause();
  }
  return items;
}

function refusal(fault: FieldError): Refusal {
  return invalidRequest([fault]);
}
