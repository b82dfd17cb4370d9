import { Ajv } from 'ajv';
import { readFileSync } from 'node:fs';

export const SCHEMA = 'protocol/frames.schema.json';

const validate = new Ajv({ strict: true, allowUnionTypes: true, strictTuples: false }).compile(
  JSON.parse(readFileSync(SCHEMA, 'utf8')) as object,
);

/** Faults of a frame by the JSON Schema of all frames. */
export function faultsOfFrame(text: string): string[] {
  if (validate(JSON.parse(text))) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
