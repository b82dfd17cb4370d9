import { textFrame } from '../../src/delivery/log/text-frame.js';
import { FrameScanner } from './frame-scanner.js';

const TEXTS = ['', 'short', 'm'.repeat(125), 'm'.repeat(126), 'm'.repeat(70_000), 'Grüße'];
const STREAM = Buffer.concat(TEXTS.map(textFrame));

function scan(chunks: readonly Buffer[]): string[] {
  const found: string[] = [];
  const scanner = new FrameScanner({ frame: (_, bytes, start, end) => found.push(bytes.toString('utf8', start, end)) });
  for (const chunk of chunks) scanner.scan(chunk);
  return found;
}

function pieces(stream: Buffer, size: number): Buffer[] {
  return Array.from({ length: Math.ceil(stream.length / size) }, (_, i) => stream.subarray(i * size, (i + 1) * size));
}

test('finds every frame of a stream that arrives in one piece', () => {
  expect(scan([STREAM])).toEqual(TEXTS);
});

test.each([127, 4096])('finds every frame of a stream that arrives in pieces of %i bytes', (size) => {
  expect(scan(pieces(STREAM, size))).toEqual(TEXTS);
});

test.each([1, 2, 3, 7])('finds every short frame of a stream that arrives in pieces of %i bytes', (size) => {
  const short = TEXTS.filter((text) => text.length < 1000);
  expect(scan(pieces(Buffer.concat(short.map(textFrame)), size))).toEqual(short);
});

test.each(Array.from({ length: 12 }, (_, at) => at))('finds a large frame whose header is cut at byte %i', (at) => {
  const large = 'm'.repeat(70_000);
  const frame = textFrame(large);
  expect(scan([frame.subarray(0, at), frame.subarray(at)])).toEqual([large]);
});
