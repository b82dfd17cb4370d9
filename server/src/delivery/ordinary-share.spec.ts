import { OrdinaryShare } from './ordinary-share.js';

const KB = 1024;

/** A client at the far end of a line: what is written arrives at that rate, and is acknowledged when `ackEvery` says so. */
class Line {
  now = 0;
  changes = 0;
  readonly share: OrdinaryShare;

  constructor(
    private readonly bytesPerMs: number,
    private readonly roundTripMs: number,
    private readonly lagMs = 0,
  ) {
    this.share = new OrdinaryShare(roundTripMs);
  }

  /** A client that is behind: each acknowledgement is answered by a write that fills the share again. */
  fill(acknowledgements: number): this {
    for (let n = 0; n < acknowledgements; n++) {
      const acknowledged = this.share.ackEvery.bytes;
      this.share.wrote(this.share.bytes, this.now);
      this.now += this.roundTripMs + this.lagMs + acknowledged / this.bytesPerMs;
      if (this.share.acknowledged(acknowledged, { now: this.now, lagMs: this.lagMs })) this.changes += 1;
    }
    return this;
  }
}

describe('the share of medium and low', () => {
  test('begins with 16 KB, and with an acknowledgement due before half of it is used up', () => {
    const share = new OrdinaryShare(0);
    expect([share.bytes, share.ackEvery]).toEqual([16 * KB, { messages: 32, bytes: 7.5 * KB }]);
  });

  test.each([
    ['1 Mb/s', 125, 2],
    ['4 Mb/s', 500, 8],
    ['8 Mb/s', 1000, 16],
    ['100 Mb/s', 12_500, 48],
  ])('is what a client on a line of %s reads in about 16 ms', (_, bytesPerMs, kilobytes) => {
    expect(new Line(bytesPerMs, 0).fill(10).share.bytes).toBe(kilobytes * KB);
  });

  test.each([
    ['the way to it is long', 200, 0],
    ['this process is busy', 0, 50],
  ])('does not go down for a fast client because %s', (_, roundTripMs, lagMs) => {
    expect(new Line(12_500, roundTripMs, lagMs).fill(10).share.bytes).toBe(16 * KB);
  });

  test.each([
    ['the way to it is long', 200, 0],
    ['this process is busy', 0, 50],
  ])('does not go up for a slow client because %s', (_, roundTripMs, lagMs) => {
    expect(new Line(125, roundTripMs, lagMs).fill(10).share.bytes).toBe(2 * KB);
  });

  test('stays once it fits', () => {
    for (const bytesPerMs of [50, 125, 250, 700, 1000, 1500, 3000, 12_500]) {
      const line = new Line(bytesPerMs, 5).fill(20);
      line.changes = 0;
      expect(line.fill(100).changes).toBe(0);
    }
  });

  test('is not judged by an acknowledgement that need not have come at once', () => {
    const share = new OrdinaryShare(0);
    share.wrote(share.maybeNotDueBytes, 0);
    expect(share.acknowledged(share.maybeNotDueBytes, { now: 30_000, lagMs: 0 })).toBe(false);
  });
});
