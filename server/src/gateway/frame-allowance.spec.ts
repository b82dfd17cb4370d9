import { FrameAllowance } from './frame-allowance.js';

/** Number of frames that pass at `now` until one is refused. */
function takeAll(allowance: FrameAllowance, now: number, bytes = 80): number {
  let taken = 0;
  while (allowance.take(now, bytes)) taken += 1;
  return taken;
}

describe('FrameAllowance', () => {
  test('lets 1,000 frames through at once, and 50 a second from then on', () => {
    const allowance = new FrameAllowance(0);
    expect(takeAll(allowance, 0)).toBe(1000);
    expect(takeAll(allowance, 1000)).toBe(50);
    expect(takeAll(allowance, 1010)).toBe(0);
    expect(takeAll(allowance, 1020)).toBe(1);
  });

  test('counts a frame once for each started 256 bytes, and an empty frame once', () => {
    expect([0, 256, 257, 16_384].map((bytes) => takeAll(new FrameAllowance(0), 0, bytes))).toEqual([
      1000, 1000, 500, 15,
    ]);
  });

  test('saves up at most 1,000 frames', () => {
    const allowance = new FrameAllowance(0);
    allowance.earn(1_000_000);
    expect(takeAll(allowance, 3_600_000)).toBe(1000);
  });

  test('lets a client acknowledge each small notification it receives', () => {
    const allowance = new FrameAllowance(0);
    takeAll(allowance, 0);
    allowance.earn(128 * 10);
    expect(takeAll(allowance, 0)).toBe(10);
  });

  test('tolerates a clock that is set back', () => {
    const allowance = new FrameAllowance(60_000);
    expect(takeAll(allowance, 0)).toBe(1000);
  });
});
