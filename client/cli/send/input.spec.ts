import { Readable } from 'node:stream';
import { beginningOf, linesOf } from './input.ts';

const CHUNK = Buffer.alloc(64 * 1024, 'x');

/** An input of chunks, that counts how many were read. */
function inputOf(...chunks: (string | Buffer)[]): { input: AsyncIterable<Buffer>; read: () => number } {
  let read = 0;
  // eslint-disable-next-line @typescript-eslint/require-await -- as chunks of a stream come
  const input = (async function* () {
    for (const chunk of chunks) {
      read += 1;
      yield Buffer.from(chunk);
    }
  })();
  return { input, read: () => read };
}

test('keeps the beginning of a text, and reads it to its end', async () => {
  const { input, read } = inputOf('€', ...Array.from({ length: 100 }, () => CHUNK));
  const text = await beginningOf(input);
  expect([text.slice(0, 2), text.length, read()]).toEqual(['€x', 1 + CHUNK.length, 101]);
});

describe('linesOf', () => {
  const all = async (input: AsyncIterable<Buffer>): Promise<string[]> => Readable.from(linesOf(input)).toArray();

  test('joins lines and characters that came in parts', async () => {
    const euro = Buffer.from('€');
    const { input } = inputOf('one\n\ntw', 'o', euro.subarray(0, 1), euro.subarray(1), '\nthree\r\nlast');
    expect(await all(input)).toEqual(['one', '', 'two€', 'three\r', 'last']);
    expect(await all(inputOf('one\n').input)).toEqual(['one']);
  });

  test('stops within a line that is larger than 4 MB', async () => {
    const { input, read } = inputOf('one\n', ...Array.from({ length: 100 }, () => CHUNK));
    await expect(all(input)).rejects.toMatchObject({ exitCode: 2, message: 'Line 2 is larger than 4 MB' });
    expect(read()).toBe(66);
  });
});
