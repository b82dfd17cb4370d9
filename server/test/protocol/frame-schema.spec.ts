import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { faultsOfFrame, SCHEMA } from './frame-schema.js';

/** Prints the schema that `npm run schema` would write. */
const PRINT = "console.log(await (await import('./protocol/make-schema.js')).frameSchema())";

describe('the JSON Schema of the frames', () => {
  test('is that of the types in frames.ts', () => {
    const made = execFileSync(process.execPath, ['--input-type=module', '--eval', PRINT], { encoding: 'utf8' });
    expect(made.trimEnd()).toBe(readFileSync(SCHEMA, 'utf8').trimEnd());
  });

  test.each([
    { event: 'heartbeat' },
    { event: 'heartbeat', data: { ack: { everyone: { low: 3 } } } },
    { event: 'live', data: { added: 'by a later version' } },
  ])('accepts %j', (frame) => {
    expect(faultsOfFrame(JSON.stringify(frame))).toEqual([]);
  });

  test.each([
    { event: 'unheard of' },
    { event: 'ack' },
    { event: 'ack', data: { everyone: { low: '3' } } },
    { event: 'authenticate', data: {} },
    { event: 'gap', data: { channel: 'everyone', lane: 'urgent', from: 1, to: 2, id: null, reason: 'trimmed' } },
  ])('refuses %j', (frame) => {
    expect(faultsOfFrame(JSON.stringify(frame))).not.toEqual([]);
  });
});
