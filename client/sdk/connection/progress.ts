import {
  type ChannelPositions,
  type ClientFrame,
  type EntryFrame,
  type ErrorCode,
  type GapFrame,
  isEntryFrame,
  laneOf,
  type Positions,
  type WelcomeFrame,
} from '@herald/protocol';
import { Acknowledgements } from './acknowledgements.ts';
import type { Received } from './notification-socket.ts';
import { afterChannels, afterEntry, afterGap, afterWelcome, distance, judge, newestId, offsetIn } from './positions.ts';

/** An entry came. `isLate`: it was stored before this connection began. */
type EntryEvent<Frame extends EntryFrame = EntryFrame> = Frame extends EntryFrame
  ? { kind: Frame['event']; data: Frame['data']; isLate: boolean }
  : never;

/** An event of a connection. */
export type ConnectionEvent =
  | EntryEvent
  /** Entries after `newest` come live. Unless the connection was resumed, earlier ones must be read over HTTP. */
  | { kind: 'welcome'; resumed: boolean; newest: string }
  /** Some entries won't come by this connection: they must be read over HTTP. */
  | { kind: 'gap'; data: GapFrame['data'] }
  /** The person may read more, or less, than before. */
  | { kind: 'channels' }
  /** All entries that were stored before this connection have come. */
  | { kind: 'caught-up' }
  /** The server did not accept a frame of this client, or (`hole`) has skipped an offset. Worth a report. */
  | { kind: 'error'; code: ErrorCode | 'hole'; message: string };

/** The server skipped an offset without a gap, which is a fault. Resuming asks for the missing entries. */
export class HoleFound extends Error {
  override readonly name = 'HoleFound';
}

/** Keeps a person's positions by the protocol's rules, and says what to acknowledge. */
export class Progress {
  /** Entries still to come until the client has caught up. */
  remaining = 0;
  #acknowledgements: Acknowledgements | undefined;
  #heads: ChannelPositions = {};
  #taken: Positions | null;

  /** @param current positions of an earlier connection; null for none */
  constructor(private current: Positions | null) {
    this.#taken = current;
  }

  get positions(): Positions | null {
    return this.current;
  }

  /** @throws HoleFound */
  process({ frame, bytes }: Received): ConnectionEvent | undefined {
    if (isEntryFrame(frame)) return this.#take(frame, bytes);
    switch (frame.event) {
      case 'welcome':
        return this.#begin(frame.data);
      case 'gap':
        if (this.current !== null) this.current = afterGap(this.current, frame.data);
        return { kind: 'gap', data: frame.data };
      case 'channels':
        if (this.current !== null) this.current = afterChannels(this.current, frame.data);
        return { kind: 'channels' };
      case 'credit':
        if (this.#acknowledgements !== undefined) this.#acknowledgements.every = frame.data.ackEvery;
        return undefined;
      case 'live':
        this.remaining = 0;
        return { kind: 'caught-up' };
      case 'error':
        return { kind: 'error', ...frame.data };
      default:
        return undefined;
    }
  }

  /** The positions, if they have moved since the last call; else null. */
  takeMoved(): Positions | null {
    const moved = this.current === this.#taken ? null : this.current;
    this.#taken = this.current;
    return moved;
  }

  /** The acknowledgement that is due, if one is. */
  takeDue(): ClientFrame | undefined {
    return this.#acknowledgements?.isDue ? { event: 'ack', data: this.#acknowledgements.take() } : undefined;
  }

  /** A heartbeat, with whatever has not been acknowledged yet. */
  takeHeartbeat(): ClientFrame {
    return { event: 'heartbeat', data: { ack: this.#acknowledgements?.take() ?? {} } };
  }

  #begin({ epoch, heads, resumed, ackEvery }: WelcomeFrame['data']): ConnectionEvent {
    this.current = afterWelcome(this.current, epoch, heads);
    this.remaining = distance(this.current, heads);
    this.#heads = heads;
    this.#acknowledgements = new Acknowledgements(ackEvery);
    return { kind: 'welcome', resumed, newest: newestId({ epoch, channels: heads }) };
  }

  #take({ event, data }: EntryFrame, bytes: number): ConnectionEvent | undefined {
    if (this.current === null) return undefined;
    this.#acknowledgements?.count(data, bytes);
    const verdict = judge(this.current, data);
    if (verdict === 'hole') throw new HoleFound(`${data.channel} ${laneOf(data)} ${data.offset}`);
    if (verdict === 'drop') return undefined;
    this.current = afterEntry(this.current, data);
    this.remaining = Math.max(0, this.remaining - 1);
    const isLate = data.offset <= offsetIn(this.#heads, data.channel, laneOf(data));
    // Kind and data come from one frame; the compiler loses that once they are apart.
    return { kind: event, data, isLate } as EntryEvent;
  }
}
