import type { ChannelPositions, Positions } from '../../../protocol/channels.js';
import type { Acknowledgement, GapFrame, NotificationFrame, ServerFrame } from '../../../protocol/frames.js';
import { PRIORITIES, type Priority } from '../../../protocol/notification.js';
import { AckCredit, CREDIT_BYTES } from '../../src/delivery/credit.js';
import type { DeliveryEngine } from '../../src/delivery/delivery-engine.js';
import type { Sink, Subscription } from '../../src/delivery/subscription.js';
import { splitFrames } from './split-frames.js';

/**
 * A client as the protocol demands it, with a wire that can be slow, cut at any byte and connected again.
 * It breaks as soon as the server breaks the rule: the next offset is the last one plus one, unless a gap says otherwise.
 */
export class ModelClient implements Sink {
  /** What it holds of each lane of `everyone`, by epoch: offsets received, and offsets announced as lost. */
  readonly received = new Map<string, Set<number>>();
  readonly lost = new Map<string, Set<number>>();
  isLive = false;
  #positions: Positions | undefined;
  #wire: Buffer[] = [];
  #subscription: Subscription | undefined;
  #credit = new AckCredit();
  #unacked: Acknowledgement = {};
  #unread = 0;

  constructor(
    readonly name: string,
    readonly channels: readonly string[],
  ) {}

  get isConnected(): boolean {
    return this.#subscription !== undefined;
  }

  write(frames: readonly Buffer[]): void {
    // A copy: what the engine hands out must never change, so a difference would show when it is read late.
    this.#wire.push(...frames);
    if (this.#credit.bytesInFlight > CREDIT_BYTES) throw new Error(`${this.name}: more in flight than was granted`);
  }

  fail(error: unknown): void {
    throw error;
  }

  async connect(engine: DeliveryEngine): Promise<void> {
    this.#wire = [];
    this.#unacked = {};
    this.isLive = false;
    this.#credit = new AckCredit();
    const isNew = this.#positions?.epoch !== engine.epoch;
    const { subscription, heads, resumed } = await engine.subscribe({
      channels: this.channels,
      positions: this.#positions,
      credit: this.#credit,
      sink: this,
    });
    this.#subscription = subscription;
    if (this.#positions !== undefined && resumed === isNew) throw new Error(`${this.name}: resumed is ${resumed}`);
    if (isNew) this.#positions = { epoch: engine.epoch, channels: this.#startAt(heads, engine.epoch) };
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
    for (const text of texts) this.#process(JSON.parse(text) as ServerFrame);
  }

  acknowledge(engine: DeliveryEngine): void {
    if (this.#subscription !== undefined) engine.acknowledge(this.#subscription, this.#unacked);
    this.#unacked = {};
    this.#unread = 0;
  }

  /** The head it has reached in a lane, by what it has processed. */
  offsetIn(channel: string, lane: Priority): number {
    return this.#positions?.channels[channel]?.[lane]?.[0] ?? 0;
  }

  get hasUnacknowledged(): boolean {
    return this.#unread > 0;
  }

  #startAt(heads: ChannelPositions, epoch: string): ChannelPositions {
    for (const [channel, lanes] of Object.entries(heads)) {
      for (const lane of PRIORITIES) {
        const start = lanes[lane]?.[0] ?? 0;
        // What was there before the client first came is not its business.
        for (let offset = 1; offset <= start; offset++) this.#note(this.lost, epoch, channel, lane, offset);
      }
    }
    return structuredClone(heads);
  }

  #process(frame: ServerFrame): void {
    if (frame.event === 'notification') this.#receive(frame.data);
    else if (frame.event === 'gap') this.#accept(frame.data);
    else if (frame.event === 'live') this.isLive = true;
    else throw new Error(`${this.name}: unexpected ${frame.event}`);
  }

  #receive({ channel, priority, offset, id }: NotificationFrame['data']): void {
    const { epoch } = this.#known();
    if (offset !== this.offsetIn(channel, priority) + 1) {
      throw new Error(`${this.name}: ${channel} ${priority} went from ${this.offsetIn(channel, priority)} to ${offset}`);
    }
    this.#note(this.received, epoch, channel, priority, offset);
    this.#moveTo(channel, priority, offset, id);
  }

  #accept({ channel, lane, from, to, id, reason }: GapFrame['data']): void {
    const { epoch } = this.#known();
    if (reason === 'trimmed' && from !== this.offsetIn(channel, lane) + 1) throw new Error(`${this.name}: gap from ${from}`);
    if (reason === 'truncated') throw new Error(`${this.name}: a true position was refused`);
    for (let offset = from; offset <= to; offset++) this.#note(this.lost, epoch, channel, lane, offset);
    this.#moveTo(channel, lane, to, id);
  }

  #moveTo(channel: string, lane: Priority, offset: number, id: string | null): void {
    const known = this.#known();
    known.channels[channel] = { ...known.channels[channel], [lane]: [offset, id] };
    this.#unacked[channel] = { ...this.#unacked[channel], [lane]: offset };
    this.#unread += 1;
  }

  #known(): Positions {
    if (this.#positions === undefined) throw new Error(`${this.name}: a frame before the welcome`);
    return this.#positions;
  }

  #note(where: Map<string, Set<number>>, epoch: string, channel: string, lane: Priority, offset: number): void {
    const key = `${epoch} ${channel} ${lane}`;
    const offsets = where.get(key) ?? new Set();
    where.set(key, offsets.add(offset));
  }
}
