import { CREDIT_BYTES } from './window.js';
import { OrdinaryShare } from './adaptive-window.js';

const KB = 1024;

/** A client at the far end of a line, with more to come than its share. What is written comes one after the other at that rate. */
class Line {
  readonly share: OrdinaryShare;
  changes = 0;
  #now = 0;
  #inFlight = 0;
  #unacknowledged = 0;
  #freeAt = 0;
  readonly #acknowledgements: { bytes: number; at: number }[] = [];

  /** @param knownRoundTripMs when it was not measured well */
  constructor(
    private readonly bytesPerMs: number,
    private readonly roundTripMs: number,
    private readonly lagMs = 0,
    knownRoundTripMs = roundTripMs,
  ) {
    this.share = new OrdinaryShare(knownRoundTripMs);
  }

  /** Writes whatever the share allows, until so many acknowledgements have come. */
  run(acknowledgements: number): this {
    this.#write(this.share.allowedBytes + 1 - this.#inFlight);
    for (let n = 0; n < acknowledgements; n++) {
      const { bytes, at } = this.#acknowledgements.shift()!;
      this.#now = at;
      this.#inFlight -= bytes;
      if (this.share.acknowledged(bytes, this.#inFlight, { now: at, lagMs: this.lagMs, lateMs: this.lagMs }))
        this.changes += 1;
      this.#acknowledgeIfDue(at + this.roundTripMs);
      this.#write(this.share.allowedBytes + 1 - this.#inFlight);
    }
    return this;
  }

  /** Something that comes so often that the share is never used up. */
  trickle(writes: number, bytes: number, everyMs: number): this {
    for (let n = 0; n < writes; n++) {
      const until = this.#now + everyMs;
      while (this.#acknowledgements[0] !== undefined && this.#acknowledgements[0].at <= until) {
        const acknowledged = this.#acknowledgements.shift()!;
        this.#inFlight -= acknowledged.bytes;
        if (this.share.acknowledged(acknowledged.bytes, this.#inFlight, { now: acknowledged.at, lagMs: 0, lateMs: 0 }))
          this.changes += 1;
      }
      this.#now = until;
      this.#write(bytes);
    }
    return this;
  }

  #write(bytes: number): void {
    for (let left = bytes; left > 0; left -= 250) {
      const size = Math.min(left, 250);
      this.#freeAt = Math.max(this.#freeAt, this.#now + this.roundTripMs / 2) + size / this.bytesPerMs;
      this.#inFlight += size;
      this.#unacknowledged += size;
      this.#acknowledgeIfDue(this.#freeAt + this.roundTripMs / 2 + this.lagMs);
    }
    if (bytes > 0) this.share.wrote(this.#inFlight, this.#now);
  }

  #acknowledgeIfDue(at: number): void {
    if (this.#unacknowledged < this.share.ackEvery.bytes) return;
    this.#acknowledgements.push({ bytes: this.#unacknowledged, at });
    this.#unacknowledged = 0;
  }
}

describe('the share of medium and low', () => {
  test.each([
    [7, 8 * KB, { messages: 16, bytes: 3.5 * KB }],
    [8, 16 * KB, { messages: 32, bytes: 7.5 * KB }],
  ])(
    'begins, for a client that is %s ms away, with an acknowledgement due before half of it is used up',
    (roundTripMs, bytes, ackEvery) => {
      const share = new OrdinaryShare(roundTripMs);
      expect([share.bytes, share.ackEvery]).toEqual([bytes, ackEvery]);
    },
  );

  test('goes up for a fast client that is near; one that is far begins with more, as it does not go up', () => {
    const bytes = [0, 7, 20, 200].map((roundTripMs) => new Line(12_500, roundTripMs).run(40).share.bytes);
    expect(bytes).toEqual([48 * KB, 48 * KB, 16 * KB, 16 * KB]);
  });

  test('is used up to the first acknowledgement only until that has come', () => {
    const share = new OrdinaryShare(0);
    expect(share.allowedBytes).toBe(4.5 * KB);
    share.wrote(share.allowedBytes + 1, 0);
    share.acknowledged(3.5 * KB, KB, { now: 10, lagMs: 0, lateMs: 0 });
    expect(share.allowedBytes).toBe(8 * KB);
  });

  test('goes down to what a slow client reads with its first acknowledgement', () => {
    const share = new OrdinaryShare(0);
    share.wrote(share.allowedBytes + 1, 0);
    expect(share.acknowledged(3.5 * KB, KB, { now: 29, lagMs: 0, lateMs: 0 })).toBe(true);
    expect(share.bytes).toBe(2 * KB);
  });

  test('does not go down for the time that an acknowledgement may have lain unread', () => {
    const share = new OrdinaryShare(0);
    share.wrote(share.allowedBytes + 1, 0);
    expect(share.acknowledged(3.5 * KB, KB, { now: 29, lagMs: 0, lateMs: 28 })).toBe(false);
    expect(share.bytes).toBe(8 * KB);
  });

  test.each([
    ['1 Mb/s', 125, 2],
    ['4 Mb/s', 500, 8],
    ['10 Mb/s', 1250, 16],
    ['100 Mb/s', 12_500, 48],
  ])('is what a client on a line of %s reads in about 16 ms', (_, bytesPerMs, kilobytes) => {
    expect(new Line(bytesPerMs, 0).run(40).share.bytes).toBe(kilobytes * KB);
  });

  test('holds what is on a long line as well', () => {
    const bytes = [0, 30, 100].map((roundTripMs) => new Line(125, roundTripMs).run(40).share.bytes);
    expect(bytes).toEqual([2 * KB, 8 * KB, 16 * KB]);
  });

  test.each([
    ['the way to it is long', 200, 0],
    ['this process is busy', 0, 50],
  ])('does not go down for a fast client because %s', (_, roundTripMs, lagMs) => {
    const { bytes } = new OrdinaryShare(roundTripMs);
    expect(new Line(12_500, roundTripMs, lagMs).run(40).share.bytes).toBeGreaterThanOrEqual(bytes);
  });

  test('does not go up for a slow client because this process is busy', () => {
    expect(new Line(125, 0, 50).run(40).share.bytes).toBeLessThanOrEqual(4 * KB);
  });

  test('goes down once a round trip was measured that the first look had overrated', () => {
    const line = new Line(125, 0, 0, 800).run(10);
    expect(line.share.bytes).toBe(16 * KB);
    line.share.tookRoundTrip(1);
    expect(line.run(40).share.bytes).toBe(2 * KB);
  });

  test('does not go up for a slow client to which little comes', () => {
    expect(new Line(125, 40).trickle(2000, 354, 10).share.bytes).toBeLessThanOrEqual(16 * KB);
  });

  test('leaves room for a frame of 39 KB for as long as no acknowledgement is due', () => {
    const { share } = new Line(12_500, 0).run(40);
    expect(share.maybeNotDueBytes + 39 * KB).toBeLessThanOrEqual(CREDIT_BYTES);
  });

  test('stays once it fits', () => {
    for (const bytesPerMs of [50, 125, 250, 700, 1000, 1500, 3000, 12_500]) {
      const line = new Line(bytesPerMs, 5).run(60);
      line.changes = 0;
      expect([bytesPerMs, line.run(200).changes]).toEqual([bytesPerMs, 0]);
    }
  });

  test('is not judged by an acknowledgement that need not have come at once', () => {
    const share = new OrdinaryShare(0);
    share.wrote(share.maybeNotDueBytes, 0);
    expect(share.acknowledged(share.maybeNotDueBytes, 0, { now: 30_000, lagMs: 0, lateMs: 0 })).toBe(false);
    share.wrote(share.maybeNotDueBytes + 1, 30_000);
    expect(share.acknowledged(4000, 609, { now: 30_010, lagMs: 0, lateMs: 0 })).toBe(false);
    expect(share.acknowledged(609, 0, { now: 60_000, lagMs: 0, lateMs: 0 })).toBe(false);
  });
});
