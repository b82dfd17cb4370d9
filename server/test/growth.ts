/** The longer text has 16,000 letters, all of which the doors read. */
const SHORT = 1000;
const FACTOR = 16;
const ROUNDS = 15;

/** Largest growth that counts as linear: memory is slower for a longer text, and garbage collection adds to it. */
export const LINEAR = 8;

/**
 * Time that `work` takes for a text of 16,000 letters, as a multiple of its time for 16 texts of 1,000: about 1 if the
 * time is linear, 16 if it is quadratic. The shortest of several rounds counts.
 * @param textOf a text of this many UTF-16 code units
 */
export function growthOf(work: (text: string) => unknown, textOf: (length: number) => string): number {
  const short = textOf(SHORT);
  const long = textOf(SHORT * FACTOR);
  let [ofShort, ofLong] = [Infinity, Infinity];
  for (let round = 0; round < ROUNDS; round++) {
    ofLong = Math.min(ofLong, timeOf(work, long, 1));
    ofShort = Math.min(ofShort, timeOf(work, short, FACTOR));
  }
  return ofLong / ofShort;
}

function timeOf(work: (text: string) => unknown, text: string, times: number): number {
  const startedAt = performance.now();
  for (let time = 0; time < times; time++) work(text);
  return performance.now() - startedAt;
}
