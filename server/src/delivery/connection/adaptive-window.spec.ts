import { WINDOW_BYTES } from './window.js';
import { AdaptiveWindow } from './adaptive-window.js';

const KB = 1024;

/** A client behind a line that transmits one byte after the other, with always more to send than its window. */
class Line {
  readonly window: AdaptiveWindow;
  changes = 0;
  #now = 0;
  #inFlight = 0;
  #unacknowledged = 0;
  #freeAt = 0;
  readonly #acknowledgements: { bytes: number; at: number }[] = [];

  /** @param knownRoundTripMs the measured round trip, which may be too long */
  constructor(
    private readonly bytesPerMs: number,
    private readonly roundTripMs: number,
    private readonly lagMs = 0,
    knownRoundTripMs = roundTripMs,
  ) {
    this.window = new AdaptiveWindow(knownRoundTripMs);
  }

  /** Writes what the window allows, until this many acknowledgements have arrived. */
  run(acknowledgements: number): this {
    this.#write(this.window.allowedBytes + 1 - this.#inFlight);
    for (let n = 0; n < acknowledgements; n++) {
      const { bytes, at } = this.#acknowledgements.shift()!;
      this.#now = at;
      this.#inFlight -= bytes;
      if (this.window.acknowledged(bytes, this.#inFlight, { now: at, lagMs: this.lagMs, lateMs: this.lagMs }))
        this.changes += 1;
      this.#acknowledgeIfDue(at + this.roundTripMs);
      this.#write(this.window.allowedBytes + 1 - this.#inFlight);
    }
    return this;
  }

  /** Writes so little at a time that the window is never used up. */
  trickle(writes: number, bytes: number, everyMs: number): this {
    for (let n = 0; n < writes; n++) {
      const until = this.#now + everyMs;
      while (this.#acknowledgements[0] !== undefined && this.#acknowledgements[0].at <= until) {
        const acknowledged = this.#acknowledgements.shift()!;
        this.#inFlight -= acknowledged.bytes;
        if (this.window.acknowledged(acknowledged.bytes, this.#inFlight, { now: acknowledged.at, lagMs: 0, lateMs: 0 }))
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
    if (bytes > 0) this.window.wrote(this.#inFlight, this.#now);
  }

  #acknowledgeIfDue(at: number): void {
    if (this.#unacknowledged < this.window.ackEvery.bytes) return;
    this.#acknowledgements.push({ bytes: this.#unacknowledged, at });
    this.#unacknowledged = 0;
  }
}

describe('the window of medium and low', () => {
  test.each([
    [7, 8 * KB, { messages: 16, bytes: 3.5 * KB }],
    [8, 16 * KB, { messages: 32, bytes: 7.5 * KB }],
  ])(
    'starts so that a client that is %s ms away owes an acknowledgement before half of it is used up',
    (roundTripMs, bytes, ackEvery) => {
      const window = new AdaptiveWindow(roundTripMs);
      expect([window.bytes, window.ackEvery]).toEqual([bytes, ackEvery]);
    },
  );

  test('grows for a fast client that is near; for one that is far it starts larger, and stays', () => {
    const bytes = [0, 7, 20, 200].map((roundTripMs) => new Line(12_500, roundTripMs).run(40).window.bytes);
    expect(bytes).toEqual([48 * KB, 48 * KB, 16 * KB, 16 * KB]);
  });

  test('is half as large until the first acknowledgement', () => {
    const window = new AdaptiveWindow(0);
    expect(window.allowedBytes).toBe(4.5 * KB);
    window.wrote(window.allowedBytes + 1, 0);
    window.acknowledged(3.5 * KB, KB, { now: 10, lagMs: 0, lateMs: 0 });
    expect(window.allowedBytes).toBe(8 * KB);
  });

  test("shrinks to a slow client's speed with its first acknowledgement", () => {
    const window = new AdaptiveWindow(0);
    window.wrote(window.allowedBytes + 1, 0);
    expect(window.acknowledged(3.5 * KB, KB, { now: 29, lagMs: 0, lateMs: 0 })).toBe(true);
    expect(window.bytes).toBe(2 * KB);
  });

  test('does not shrink for the time that an acknowledgement may have waited unread', () => {
    const window = new AdaptiveWindow(0);
    window.wrote(window.allowedBytes + 1, 0);
    expect(window.acknowledged(3.5 * KB, KB, { now: 29, lagMs: 0, lateMs: 28 })).toBe(false);
    expect(window.bytes).toBe(8 * KB);
  });

  test.each([
    ['1 Mb/s', 125, 2],
    ['4 Mb/s', 500, 8],
    ['10 Mb/s', 1250, 16],
    ['100 Mb/s', 12_500, 48],
  ])('is what a client on a line of %s reads in about 16 ms', (_, bytesPerMs, kilobytes) => {
    expect(new Line(bytesPerMs, 0).run(40).window.bytes).toBe(kilobytes * KB);
  });

  test('adds the bytes in flight on a long line', () => {
    const bytes = [0, 30, 100].map((roundTripMs) => new Line(125, roundTripMs).run(40).window.bytes);
    expect(bytes).toEqual([2 * KB, 8 * KB, 16 * KB]);
  });

  test.each([
    ['the round trip is long', 200, 0],
    ['this process is busy', 0, 50],
  ])('does not shrink for a fast client because %s', (_, roundTripMs, lagMs) => {
    const { bytes } = new AdaptiveWindow(roundTripMs);
    expect(new Line(12_500, roundTripMs, lagMs).run(40).window.bytes).toBeGreaterThanOrEqual(bytes);
  });

  test('does not grow for a slow client because this process is busy', () => {
    expect(new Line(125, 0, 50).run(40).window.bytes).toBeLessThanOrEqual(4 * KB);
  });

  test('shrinks once a shorter round trip was measured', () => {
    const line = new Line(125, 0, 0, 800).run(10);
    expect(line.window.bytes).toBe(16 * KB);
    line.window.tookRoundTrip(1);
    expect(line.run(40).window.bytes).toBe(2 * KB);
  });

  test('does not grow for a slow client to which little is sent', () => {
    expect(new Line(125, 40).trickle(2000, 354, 10).window.bytes).toBeLessThanOrEqual(16 * KB);
  });

  test('leaves room for a frame of 39 KB for as long as no acknowledgement is due', () => {
    const { window } = new Line(12_500, 0).run(40);
    expect(window.maybeNotDueBytes + 39 * KB).toBeLessThanOrEqual(WINDOW_BYTES);
  });

  test('stays once it fits', () => {
    for (const bytesPerMs of [50, 125, 250, 700, 1000, 1500, 3000, 12_500]) {
      const line = new Line(bytesPerMs, 5).run(60);
      line.changes = 0;
      expect([bytesPerMs, line.run(200).changes]).toEqual([bytesPerMs, 0]);
    }
  });

  test('is not judged by an acknowledgement that was not due', () => {
    const window = new AdaptiveWindow(0);
    window.wrote(window.maybeNotDueBytes, 0);
    expect(window.acknowledged(window.maybeNotDueBytes, 0, { now: 30_000, lagMs: 0, lateMs: 0 })).toBe(false);
    window.wrote(window.maybeNotDueBytes + 1, 30_000);
    expect(window.acknowledged(4000, 609, { now: 30_010, lagMs: 0, lateMs: 0 })).toBe(false);
    expect(window.acknowledged(609, 0, { now: 60_000, lagMs: 0, lateMs: 0 })).toBe(false);
  });
});
