import { invalidForm, textsOfForm } from '../http/form-body.js';
import { type Fields, jsonFields } from './json-fields.js';

const FORM = /^\s*(?:application\/x-www-form-urlencoded|multipart\/form-data)\b/i;
const OPENING_BRACE = /^\s*\{/;

/**
 * A payload in JSON, or in a form that has the JSON as its field `payload`. curl sends JSON with the type of a form.
 * @param valuesMax values that it may have
 * @throws Refusal invalid_request when it can't be read
 */
export async function jsonPayload(body: Buffer, type: string, valuesMax?: number): Promise<Fields> {
  if (!FORM.test(type) || OPENING_BRACE.test(body.toString('latin1', 0, 32))) return jsonFields(body, valuesMax);
  let form: Record<string, string>;
  try {
    form = await textsOfForm(body, type);
  } catch {
    throw invalidForm();
  }
  return jsonFields(Buffer.from(form['payload'] ?? ''), valuesMax);
}
