import { setImmediate } from 'node:timers/promises';
import { invalidForm, textsOfForm } from '../http/form-body.js';
import { type Fields, jsonFields } from './json-fields.js';

const FORM = /^\s*(?:application\/x-www-form-urlencoded|multipart\/form-data)\b/i;
const OPENING_BRACE = /^\s*\{/;
/** A larger body is read in several turns of the event loop. */
const TURN_ABOVE_BYTES = 64 * 1024;

/**
 * A payload in JSON, or in a form that has the JSON as its field `payload`, or `data` as that of Uptime Kuma. curl sends
 * JSON with the type of a form.
 * @param valuesMax values that it may have
 * @throws Refusal invalid_request when it can't be read
 */
export async function jsonPayload(body: Buffer, type: string, valuesMax?: number): Promise<Fields> {
  const json = await jsonIn(body, type);
  await turnAfter(body);
  const fields = jsonFields(json, valuesMax);
  await turnAfter(body);
  return fields;
}

async function jsonIn(body: Buffer, type: string): Promise<Buffer> {
  if (!FORM.test(type) || OPENING_BRACE.test(body.toString('latin1', 0, 32))) return body;
  try {
    await turnAfter(body);
    const { payload, data } = await textsOfForm(body, type);
    return Buffer.from(payload ?? data ?? '');
  } catch {
    throw invalidForm();
  }
}

/** Lets other requests have their turn between the parts of the work on a large body. */
async function turnAfter({ length }: Buffer): Promise<void> {
  if (length > TURN_ABOVE_BYTES) await setImmediate();
}
