import { type Batch, batchesOf } from './batches.ts';

async function read(lines: readonly string[]): Promise<{ batches: Batch[]; error?: unknown }> {
  const batches: Batch[] = [];
  try {
    // eslint-disable-next-line @typescript-eslint/require-await -- as lines of a stream come
    const input = (async function* () {
      yield* lines;
    })();
    for await (const batch of batchesOf(input, { category: 'import' })) batches.push(batch);
    return { batches };
  } catch (error) {
    return { batches, error };
  }
}

describe('batchesOf', () => {
  test('fills in the defaults, skips blank lines and knows the line of each', async () => {
    const { batches } = await read(['', '{"message":"a"}', '  ', '{"message":"b","category":"own"}']);
    expect(batches).toEqual([
      {
        drafts: [
          { message: 'a', category: 'import' },
          { message: 'b', category: 'own' },
        ],
        lines: [2, 4],
        readBytes: 53,
      },
    ]);
  });

  test('has at most 100 notifications in a batch', async () => {
    const { batches } = await read(Array.from({ length: 250 }, () => '{"message":"m"}'));
    expect(batches.map(({ drafts }) => drafts.length)).toEqual([100, 100, 50]);
    expect(batches.map(({ readBytes }) => readBytes)).toEqual([1600, 3200, 4000]);
  });

  test('has at most 512 KB in a batch, unless one line is larger', async () => {
    const line = (size: number): string => JSON.stringify({ message: 'x'.repeat(size) });
    const { batches } = await read([line(200_000), line(200_000), line(200_000), line(600_000), line(1)]);
    expect(batches.map(({ lines }) => lines)).toEqual([[1, 2], [3], [4], [5]]);
  });

  test.each(['nonsense', '[]', '"m"', 'null', '{"message":'])(
    'stops at the line %s, after the batches that were complete before it',
    async (line) => {
      const before = Array.from({ length: 150 }, () => '{"message":"m"}');
      const { batches, error } = await read([...before, line, '{"message":"m"}']);
      expect(batches.map(({ lines }) => [lines[0], lines.at(-1)])).toEqual([[1, 100]]);
      expect(error).toMatchObject({ exitCode: 2, message: 'Line 151 is not a JSON object' });
    },
  );
});
