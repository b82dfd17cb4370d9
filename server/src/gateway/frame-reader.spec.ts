import fc from 'fast-check';
import { FrameError } from './frame-error.js';
import { type ReadFrame, readFrame } from './frame-reader.js';

const read = (text: string): ReadFrame => readFrame(Buffer.from(text), false);

/** Code and message of the refusal. */
function refusalOf(text: string, isBinary = false): string {
  try {
    return `read as ${JSON.stringify(readFrame(Buffer.from(text), isBinary))}`;
  } catch (error) {
    expect(error).toBeInstanceOf(FrameError);
    const { code, message } = error as FrameError;
    return `${code}: ${message}`;
  }
}

describe('readFrame', () => {
  test('reads the event and the data', () => {
    expect(read('{"event":"heartbeat","data":{"a":[1]}}')).toEqual({ event: 'heartbeat', data: { a: [1] } });
  });

  test('needs no data, and ignores unknown fields', () => {
    expect(read(' {"event":"hello","more":1} ')).toEqual({ event: 'hello', data: undefined });
  });

  test.each(['', 'hello', '{', '{"event":"hello"}}', "{'event':'hello'}", '\ufeff{"event":"hello"}'])(
    'refuses %j: not JSON',
    (text) => {
      expect(refusalOf(text)).toBe('malformed: The frame is not JSON');
    },
  );

  test.each([
    'null',
    '5',
    '"hello"',
    'true',
    '[]',
    '["event"]',
    '{}',
    '{"event":5}',
    '{"event":null}',
    '{"event":["hello"]}',
  ])('refuses %s: no object with an event', (text) => {
    expect(refusalOf(text)).toBe('malformed: A frame is an object with a string "event"');
  });

  test('refuses a binary message, whatever it holds', () => {
    expect(refusalOf('{"event":"hello"}', true)).toBe('malformed: Frames are JSON text, not binary');
  });

  test('never throws anything but a FrameError, and reads only frames', () => {
    const jsonText = fc.json({ maxDepth: 3 });
    const nearlyFrame = fc.record(
      { event: fc.oneof(fc.string(), fc.jsonValue()), data: fc.jsonValue() },
      { requiredKeys: [] },
    );
    const message = fc.oneof(
      fc.uint8Array().map((bytes) => Buffer.from(bytes)),
      fc
        .oneof(
          fc.string({ unit: 'binary' }),
          jsonText,
          nearlyFrame.map((frame) => JSON.stringify(frame)),
        )
        .map((text) => Buffer.from(text)),
    );
    fc.assert(
      fc.property(message, fc.boolean(), (bytes, isBinary) => {
        try {
          const frame = readFrame(bytes, isBinary);
          expect(JSON.parse(bytes.toString())).toMatchObject({ event: frame.event });
          expect(typeof frame.event).toBe('string');
          expect(isBinary).toBe(false);
        } catch (error) {
          expect(error).toBeInstanceOf(FrameError);
        }
      }),
      { seed: 42, numRuns: 1000 },
    );
  });
});
