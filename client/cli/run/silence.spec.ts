import { silenceOf } from './silence.ts';

/** Seconds that are waited for an output. @param grows whether it grows in this second @param isBackedUp in this second */
async function secondsOf(
  grows: (second: number) => boolean,
  isBackedUp: (second: number) => boolean = () => false,
): Promise<number> {
  const output = { bytes: 7 };
  let seconds = 0;
  const pause = (): Promise<void> => {
    if (grows(++seconds)) output.bytes += 1;
    return Promise.resolve();
  };
  await silenceOf(output, () => isBackedUp(seconds), pause);
  return seconds;
}

test('waits for a second of silence', async () => {
  expect(await secondsOf(() => false)).toBe(1);
  expect(await secondsOf((second) => second < 3)).toBe(3);
});

test('waits no longer than 5 s for an output that never ends', async () => {
  expect(await secondsOf(() => true)).toBe(5);
});

test('waits for a reader that is behind', async () => {
  expect(
    await secondsOf(
      () => true,
      (second) => second < 10,
    ),
  ).toBe(15);
});
