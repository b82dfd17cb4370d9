import { laneOf } from '../../../protocol/entries.js';
import { type Acknowledgement, type EntryFrame, isEntryFrame, type ServerFrame } from '../../../protocol/frames.js';
import { ACK_EVERY, AckCredit, CREDIT_BYTES } from '../../src/delivery/credit.js';
import type { DeliveryEngine } from '../../src/delivery/delivery-engine.js';
import type { Sink, Subscription } from '../../src/delivery/subscription.js';
import { Ledger } from '../delivery-promise/ledger.js';
import { splitFrames } from './split-frames.js';

/** A client as the protocol demands it, with a wire that can be slow, cut at any byte and connected again. */
export class ModelClient implements Sink {
  readonly ledger: Ledger;
  #wire: Buffer[] = [];
  #subscription: Subscription | undefined;
  #credit = new AckCredit();
  #unacked: Acknowledgement = {};
  #unackedMessages = 0;
  #unackedBytes = 0;

  constructor(
    name: string,
    readonly channels: readonly string[],
  ) {
    this.ledger = new Ledger(name);
  }

  get isConnected(): boolean {
    return this.#subscription !== undefined;
  }

  /** Whether the protocol obliges the client to acknowledge now. */
  get owesAcknowledgement(): boolean {
    return this.#unackedMessages >= ACK_EVERY.messages || this.#unackedBytes >= ACK_EVERY.bytes;
  }

  write(frames: readonly Buffer[]): void {
    // Kept as it is, not copied: what the engine hands out must never change, so a change would show when it is read late.
    this.#wire.push(...frames);
    if (this.#credit.bytesInFlight > CREDIT_BYTES) throw new Error(`${this.ledger.name}: more in flight than was granted`);
  }

  fail(error: unknown): void {
    throw error;
  }

  async connect(engine: DeliveryEngine): Promise<void> {
    this.#wire = [];
    this.#forgetUnacknowledged();
    this.#credit = new AckCredit();
    const { subscription, heads, resumed } = await engine.subscribe({
      channels: this.channels,
      positions: this.ledger.positions,
      credit: this.#credit,
      sink: this,
    });
    this.#subscription = subscription;
    this.ledger.welcome({ epoch: engine.epoch, heads, resumed });
  }

  disconnect(engine: DeliveryEngine): void {
    if (this.#subscription !== undefined) engine.unsubscribe(this.#subscription);
    this.#subscription = undefined;
    this.#wire = [];
  }

  /** Processes whole frames among the first `bytes` on the wire; the rest stays there. */
  read(bytes: number): void {
    const wire = Buffer.concat(this.#wire);
    const { texts, used } = splitFrames(wire.subarray(0, bytes));
    this.#wire = used < wire.length ? [wire.subarray(used)] : [];
    for (const text of texts) this.#process(text);
  }

  acknowledge(engine: DeliveryEngine): void {
    if (this.#subscription !== undefined) engine.acknowledge(this.#subscription, this.#unacked);
    this.#forgetUnacknowledged();
  }

  #process(text: string): void {
    const frame = JSON.parse(text) as ServerFrame;
    this.ledger.take(frame);
    if (isEntryFrame(frame)) this.#note(frame.data, Buffer.byteLength(text));
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
