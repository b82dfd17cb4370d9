import type { ChannelPositions, LanePosition, Positions } from '../../../protocol/channels.js';
import { PRIORITIES, type Priority } from '../../../protocol/notification.js';

/** No entry has this id, so the engine answers it with a gap. */
const UNPROVEN: LanePosition = [0, ''];

/** Where a stream is in all lanes of all of its channels; its text is the `id` of an event, opaque to clients. */
export class StreamPosition {
  readonly #channels: ChannelPositions;

  /** @param sent where the client was; null when it said something that can't be read, undefined when it said nothing */
  constructor(
    private readonly epoch: string,
    sent: Positions | null | undefined,
    heads: ChannelPositions,
  ) {
    this.#channels = Object.fromEntries(
      Object.entries(heads).map(([channel, lanes]) => [channel, mapLanes((lane) => begin(sent, epoch, channel, lane, lanes[lane]))]),
    );
  }

  /** The client is sent an event of the stream. */
  pass(data: unknown): void {
    const event = data as Partial<Passed>;
    const lane = event.lane ?? event.priority;
    if (event.joined !== undefined && event.left !== undefined) {
      Object.assign(this.#channels, event.joined);
      for (const channel of event.left) Reflect.deleteProperty(this.#channels, channel);
    }
    const channel = event.channel === undefined ? undefined : this.#channels[event.channel];
    const offset = event.offset ?? event.to;
    if (channel === undefined || lane === undefined || offset === undefined) return;
    channel[lane] = [offset, event.id ?? null];
  }

  toString(): string {
    const channels = Object.entries(this.#channels).map(([channel, lanes]) => [channel, ...PRIORITIES.map((lane) => lanes[lane])]);
    return Buffer.from(JSON.stringify([this.epoch, ...channels])).toString('base64url');
  }
}

/** What the events that move a position say: an entry, a gap, or a change of channels. */
interface Passed {
  channel: string;
  lane: Priority;
  priority: Priority;
  offset: number;
  to: number;
  id: string | null;
  joined: ChannelPositions;
  left: string[];
}

/** Reads the text of a position. @returns null for anything that is none */
export function readPosition(text: string): Positions | null {
  try {
    const [epoch, ...rows] = JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown[];
    if (typeof epoch !== 'string') return null;
    const channels: ChannelPositions = {};
    for (const row of rows) {
      const [channel, ...lanes] = row as unknown[];
      if (typeof channel !== 'string' || lanes.length !== PRIORITIES.length || !lanes.every(isLanePosition)) return null;
      channels[channel] = mapLanes((lane) => lanes[PRIORITIES.indexOf(lane)] ?? UNPROVEN);
    }
    return { epoch, channels };
  } catch {
    return null;
  }
}

/** What to ask of the engine: a position that can't be read is one of another epoch, for each channel. */
export function asked(sent: Positions | null | undefined, channels: readonly string[]): Positions | undefined {
  if (sent !== null) return sent;
  return { epoch: '', channels: Object.fromEntries(channels.map((channel) => [channel, mapLanes(() => UNPROVEN)])) };
}

function begin(sent: Positions | null | undefined, epoch: string, channel: string, lane: Priority, head?: LanePosition): LanePosition {
  if (sent === undefined) return head ?? [0, null];
  // Until its gap has been sent, a position that was not accepted must lead to that gap again.
  if (sent?.epoch !== epoch) return UNPROVEN;
  return sent.channels[channel]?.[lane] ?? head ?? [0, null];
}

function mapLanes(position: (lane: Priority) => LanePosition): Record<Priority, LanePosition> {
  return { high: position('high'), medium: position('medium'), low: position('low') };
}

function isLanePosition(value: unknown): value is LanePosition {
  if (!Array.isArray(value) || value.length !== 2) return false;
  const [offset, id] = value as unknown[];
  return Number.isSafeInteger(offset) && (offset as number) >= 0 && (id === null || typeof id === 'string');
}
