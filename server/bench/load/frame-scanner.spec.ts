import { textFrame } from '../../src/delivery/text-frame.js';
import { FrameScanner } from './frame-scanner.js';

const TEXTS = ['', 'short', 'm'.repeat(125), 'm'.repeat(126), 'm'.repeat(70_000), 'Grüße'];
const STREAM = Buffer.concat(TEXTS.map(textFrame));

function scan(chunks: readonly Buffer[]): string[] {
  const found: string[] = [];
  const scanner = new FrameScanner({ frame: (_, bytes, start, end) => found.push(bytes.toString('utf8', start, end)) });
  for (const chunk of chunks) scanner.scan(chunk);
  return found;
}

test('finds every frame of a stream that comes at once', () => {
  expect(scan([STREAM])).toEqual(TEXTS);
});

test.each([1, 2, 3, 7, 127, 4096])('finds every frame of a stream that comes in pieces of %i bytes', (size) => {
  const chunks = Array.from({ length: Math.ceil(STREAM.length / size) }, (_, i) => STREAM.subarray(i * size, (i + 1) * size));
  expect(scan(chunks)).toEqual(TEXTS);
});
