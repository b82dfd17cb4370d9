import type { Priority } from '@herald/protocol';
import type { Channel } from '../channel.js';
import type { Subscription } from '../connection/subscription.js';
import { FlushQueue } from './flush-queue.js';
import { Lag, type Moment } from './lag.js';
import type { Turns } from './turns.js';

/** A flush yields after this long, to let input in and to look for new high entries. */
const SLICE_MS = 2;
/** High continues for this long: between two slices a thousand acknowledgements may be read. */
const HIGH_SLICE_MS = 25;

interface FlushListener {
  /** The loop has written to a subscription. Its medium and low may still wait behind the high of others. */
  served(subscription: Subscription): void;
  /** A flush is over, or yields. */
  flushed(): void;
}

/** Writes to the queued subscriptions at the end of each turn of the event loop in which something became pending. */
export class FlushLoop {
  readonly #queue = new FlushQueue();
  /** Channels with entries that are not queued yet. */
  readonly #appendedTo = new Set<Channel>();
  readonly #lag = new Lag();
  #isScheduled = false;
  #isWaking = false;

  constructor(
    private readonly turns: Turns,
    private readonly listener: FlushListener,
  ) {}

  /** Queues the subscriptions of a channel with new entries, after its pause. */
  appended(channel: Channel): void {
    this.#appendedTo.add(channel);
    this.schedule();
  }

  /** Queues one subscription. @param urgency its most urgent lane that is pending */
  enqueue(subscription: Subscription, urgency: Priority): void {
    this.#queue.add(subscription, urgency);
    this.schedule();
  }

  /** Flushes at the end of this turn, even if nothing is queued. */
  schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    this.#lag.schedules(this.turns.now());
    this.turns.defer(() => this.#flush());
  }

  /** The delay of this process now, for windows that measure how fast a client reads. */
  get moment(): Moment {
    const now = this.turns.now();
    return { now, lagMs: this.#lag.ms, lateMs: this.#lag.readLateMs(now) };
  }

  #flush(): void {
    this.#isScheduled = false;
    this.#lag.flushes(this.turns.now());
    this.#queueAppended();
    this.#serveQueued();
    this.listener.flushed();
  }

  #queueAppended(): void {
    const now = this.turns.now();
    for (const channel of this.#appendedTo) {
      const pauseMs = channel.pauseMs(now);
      if (pauseMs > 0) {
        this.#wakeAfter(pauseMs);
        continue;
      }
      this.#appendedTo.delete(channel);
      channel.queueInto(this.#queue, now);
    }
  }

  #wakeAfter(ms: number): void {
    if (this.#isWaking) return;
    this.#isWaking = true;
    this.turns.after(ms, () => {
      this.#isWaking = false;
      this.schedule();
    });
  }

  #serveQueued(): void {
    let now = this.turns.now();
    const startedAt = now;
    const isIdle = this.#queue.isEmpty;
    while (!this.#queue.isEmpty) {
      const subscription = this.#queue.take();
      // Medium and low wait while others wait for high.
      this.#serve(subscription, now, this.#queue.hasHigh);
      now = this.turns.now();
      if (now - startedAt <= (this.#queue.hasHigh ? HIGH_SLICE_MS : SLICE_MS)) continue;
      // Serves one of the others in each flush, so that high cannot starve them.
      if (this.#queue.hasHigh) this.#serve(this.#queue.takeOther(), now, false);
      this.#lag.pauses(now);
      this.schedule();
      return;
    }
    if (isIdle) this.#lag.rests();
    else this.schedule();
  }

  #serve(subscription: Subscription | undefined, now: number, isHighOnly: boolean): void {
    if (subscription === undefined || subscription.isDetached) return;
    const frames = subscription.take(now, isHighOnly);
    if (frames.length > 0) subscription.sink.write(frames);
    if (isHighOnly && subscription.isMediumOrLowPending) this.#queue.add(subscription, 'medium');
    this.listener.served(subscription);
  }
}
