/** Lengths in UTF-16 code units. A body of 64 KiB has not much more than the longer one. */
const [SHORT, LONG] = [3000, 48_000];

/**
 * Largest growth of time that counts as linear. A text of 16 times the length takes 16 times as long in linear time and
 * 256 times in quadratic time; garbage collection and a busy machine add a small factor.
 */
export const LINEAR = 128;

/** Factor by which `work` takes longer for a text of 16 times the length. @param text a text of this length */
export function growthOf(work: (text: string) => unknown, text: (length: number) => string): number {
  return shortestMs(work, text(LONG), 4) / shortestMs(work, text(SHORT), 20);
}

/** The shortest of several measurements. */
function shortestMs(work: (text: string) => unknown, text: string, count: number): number {
  const times = Array.from({ length: count }, () => {
    const startedAt = performance.now();
    work(text);
    return performance.now() - startedAt;
  });
  return Math.min(...times);
}
