import {
  type Acknowledgement,
  type ChannelsFrame,
  type EntryFrame,
  isEntryFrame,
  type LaneFigures,
  laneOf,
  PRIORITIES,
  type ServerFrame,
} from '@herald/protocol';
import { AckWindow, WINDOW_BYTES } from '../../src/delivery/connection/window.js';
import type { DeliveryEngine, Subscribed } from '../../src/delivery/delivery-engine.js';
import { EpochChanged } from '../../src/delivery/log/log-reader.js';
import type { Sink, Subscription } from '../../src/delivery/connection/subscription.js';
import { Ledger } from '../delivery-promise/ledger.js';
import { isHighWaiting, LaneOrder } from './lane-order.js';
import { type ParsedFrame, parsedFrame, parsedFrames } from './parsed-frames.js';
import { splitFrames } from './split-frames.js';

const ROUND_TRIP_MS = 0;

/** A client that follows the protocol, on a wire that can be slow, cut at any byte and connected again. */
export class ModelClient implements Sink {
  readonly ledger: Ledger;
  /** The user's current channels; the connection follows them. */
  readonly channels: Set<string>;
  /** Heads by lane that the next `channels` frames must contain, by channel; null: any. */
  readonly #expectedHeads = new Map<string, (number[] | null)[]>();
  /** Called on each write. */
  onWrite: (hasOrdinary: boolean) => void = () => undefined;
  #wire: Buffer[] = [];
  #laneOrder = new LaneOrder();
  #subscription: Subscription | undefined;
  #window = new AckWindow(ROUND_TRIP_MS);
  #ackEvery = this.#window.ackEvery;
  #unacked: Acknowledgement = {};
  #unackedMessages = 0;
  #unackedBytes = 0;

  constructor(name: string, channels: readonly string[]) {
    this.channels = new Set(channels);
    this.ledger = new Ledger(name);
  }

  /** Figures of its lanes; none if it is not connected, or the engine has given the connection up. */
  get laneFigures(): LaneFigures[] {
    return this.#subscription?.isDetached === false ? this.#subscription.figures().lanes : [];
  }

  get isConnected(): boolean {
    return this.#subscription !== undefined;
  }

  get isHighWaiting(): boolean {
    return isHighWaiting(this.#subscription?.pending ?? [], this.#window);
  }

  /** Whether the protocol requires an acknowledgement now. */
  get owesAcknowledgement(): boolean {
    return this.#unackedMessages >= this.#ackEvery.messages || this.#unackedBytes >= this.#ackEvery.bytes;
  }

  write(frames: readonly Buffer[]): void {
    // The buffers are not copied: they must never change, and a late read would reveal a change.
    this.#wire.push(...frames);
    if (this.#subscription === undefined) throw new Error(`${this.ledger.name} is written to, but was cut`);
    const written = framesIn(frames);
    this.#laneOrder.check(written, this.#subscription, this.#window);
    this.onWrite(written.some((frame) => isEntryFrame(frame) && laneOf(frame.data) !== 'high'));
    if (this.#window.bytesInFlight > WINDOW_BYTES)
      throw new Error(`${this.ledger.name}: more in flight than was granted`);
  }

  fail(error: unknown): void {
    if (!(error instanceof EpochChanged)) throw error;
    this.#subscription = undefined;
    this.#wire = [];
  }

  async connect(engine: DeliveryEngine): Promise<void> {
    this.#wire = [];
    this.#laneOrder = new LaneOrder();
    this.#expectedHeads.clear();
    this.#forgetUnacknowledged();
    this.#window = new AckWindow(ROUND_TRIP_MS);
    this.#ackEvery = this.#window.ackEvery;
    const subscribed = await this.#subscribe(engine);
    if (subscribed === undefined) return;
    this.#subscription = subscribed.subscription;
    this.ledger.welcome(subscribed);
  }

  /** Undefined if the log began anew: then the server closes the connection. */
  async #subscribe(engine: DeliveryEngine): Promise<Subscribed | undefined> {
    try {
      return await engine.subscribe({
        channels: [...this.channels],
        positions: this.ledger.positions,
        window: this.#window,
        sink: this,
      });
    } catch (error) {
      if (!(error instanceof EpochChanged)) throw error;
      return undefined;
    }
  }

  /** Call after the channels of its user have changed. */
  async follow(engine: DeliveryEngine): Promise<void> {
    if (this.#subscription !== undefined) await engine.follow(this.#subscription, [...this.channels]);
  }

  /** Expects a `channels` frame that joins the channel at these heads; the frame may still be on the wire. */
  expectHeads(channel: string, heads: number[] | null): void {
    this.#expectedHeads.set(channel, [...(this.#expectedHeads.get(channel) ?? []), heads]);
  }

  disconnect(engine: DeliveryEngine): void {
    if (this.#subscription !== undefined) engine.unsubscribe(this.#subscription);
    this.#subscription = undefined;
    this.#wire = [];
  }

  /** Processes complete frames among the first `bytes` on the wire, and leaves the others there. */
  read(bytes: number): void {
    const wire = Buffer.concat(this.#wire);
    const { texts, used } = splitFrames(wire.subarray(0, bytes));
    this.#wire = used < wire.length ? [wire.subarray(used)] : [];
    for (const text of texts) this.#process(parsedFrame(text));
  }

  readAll(): void {
    for (const buffer of this.#wire.splice(0)) for (const parsed of parsedFrames(buffer)) this.#process(parsed);
  }

  acknowledge(engine: DeliveryEngine): void {
    if (this.#subscription !== undefined) engine.acknowledge(this.#subscription, this.#unacked);
    this.#forgetUnacknowledged();
  }

  #process({ frame, bytes }: ParsedFrame): void {
    this.ledger.take(frame);
    if (frame.event === 'credit') this.#ackEvery = frame.data.ackEvery;
    if (frame.event === 'channels') this.#checkHeads(frame.data);
    if (isEntryFrame(frame)) this.#note(frame.data, bytes);
  }

  #checkHeads({ joined }: ChannelsFrame['data']): void {
    for (const [channel, lanes] of Object.entries(joined)) {
      const heads = PRIORITIES.map((lane) => lanes[lane]?.[0]);
      const expected = this.#expectedHeads.get(channel)?.shift();
      if (expected !== null && String(heads) !== String(expected))
        throw new Error(`joined ${channel} at ${String(heads)} of ${String(expected)}`);
    }
  }

  #note(data: EntryFrame['data'], bytes: number): void {
    this.#unacked[data.channel] = { ...this.#unacked[data.channel], [laneOf(data)]: data.offset };
    this.#unackedMessages += 1;
    this.#unackedBytes += bytes;
  }

  #forgetUnacknowledged(): void {
    this.#unacked = {};
    this.#unackedMessages = 0;
    this.#unackedBytes = 0;
  }
}

function framesIn(buffers: readonly Buffer[]): ServerFrame[] {
  return buffers.flatMap((buffer) => parsedFrames(buffer).map(({ frame }) => frame));
}
