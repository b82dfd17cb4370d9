import { type ChannelPositions, type LanePosition, type Positions, PRIORITIES, type Priority } from '@herald/protocol';
import type { DeliveryEngine } from '../delivery/delivery-engine.js';
import {
  epochProof,
  hashOf,
  positionTextMax,
  type DecodedLane,
  decodePosition,
  type ChannelRow,
  UNPROVEN,
  encodePosition,
} from './position-text.js';

/** Position of a stream in all lanes of all its channels; its text is the `id` of an event, opaque to clients. */
export class StreamPosition {
  readonly #channels: ChannelPositions;
  readonly #hashes = new Map<string, number>();
  readonly #epochProof: number;

  /** @param sent the client's position; null if it can't be decoded, undefined if the client sent none */
  constructor(epoch: string, sent: Positions | null | undefined, heads: ChannelPositions) {
    this.#epochProof = epochProof(epoch);
    this.#channels = Object.fromEntries(
      Object.entries(heads).map(([channel, lanes]) => [
        channel,
        mapLanes((lane) => startOf(sent, epoch, channel, lane, lanes[lane])),
      ]),
    );
  }

  /** Moves the position past an event that is sent to the client. */
  pass(data: unknown): void {
    const event = data as Partial<PositionEvent>;
    const lane = event.lane ?? event.priority;
    if (event.joined !== undefined && event.left !== undefined) {
      Object.assign(this.#channels, event.joined);
      for (const channel of event.left) {
        Reflect.deleteProperty(this.#channels, channel);
        this.#hashes.delete(channel);
      }
    }
    const channel = event.channel === undefined ? undefined : this.#channels[event.channel];
    const offset = event.offset ?? event.to;
    if (channel === undefined || lane === undefined || offset === undefined) return;
    channel[lane] = [offset, event.id ?? null];
  }

  /** Upper bound for the length of the text while the channels stay the same. */
  get textMax(): number {
    return positionTextMax(Object.keys(this.#channels).length);
  }

  toString(): string {
    const rows = Object.entries(this.#channels).map(([channel, lanes]): ChannelRow => {
      return { hash: this.#hashOf(channel), lanes: PRIORITIES.map((lane) => lanes[lane] ?? UNPROVEN) };
    });
    return encodePosition(this.#epochProof, rows);
  }

  #hashOf(channel: string): number {
    const hash = this.#hashes.get(channel) ?? hashOf(channel);
    this.#hashes.set(channel, hash);
    return hash;
  }
}

/** Fields of the events that move a position: an entry, a gap, or a change of channels. */
interface PositionEvent {
  channel: string;
  lane: Priority;
  priority: Priority;
  offset: number;
  to: number;
  id: string | null;
  joined: ChannelPositions;
  left: string[];
}

/** The log that a position refers to. */
export type ReadableLog = Pick<DeliveryEngine, 'epoch' | 'idsAt'>;

/**
 * Decodes the text of a position, and looks up the ids of the entries there. A lane that is not proven gets a position
 * that delivery answers with a gap.
 * @param channels current channels of the user; the text holds only hashes of their names
 * @returns null when the text is not a position of this epoch
 */
export async function resolvePositions(
  text: string,
  channels: readonly string[],
  log: ReadableLog,
): Promise<Positions | null> {
  const epoch = await log.epoch();
  const rows = decodePosition(text, epoch);
  if (rows === null) return null;
  const hashes = channels.map(hashOf);
  const named = channels.filter((_, n) => rows.has(hashes[n] as number));
  const lanes = named.flatMap((channel) => {
    const hash = hashOf(channel);
    // One of two channels with the same hash may be new, so neither has a position.
    const isAmbiguous = hashes.indexOf(hash) !== hashes.lastIndexOf(hash);
    return PRIORITIES.map((lane, n) => ({ channel, lane, read: isAmbiguous ? undefined : rows.get(hash)?.[n] }));
  });
  const ids = await log.idsAt(lanes.map(({ channel, lane, read }) => ({ channel, lane, offset: read?.offset ?? 0 })));
  const positions: ChannelPositions = {};
  lanes.forEach(({ channel, lane, read }, n) => {
    positions[channel] = { ...positions[channel], [lane]: proven(read, ids[n] ?? null) };
  });
  return { epoch, channels: positions };
}

function proven(read: DecodedLane | undefined, id: string | null): LanePosition {
  if (read?.isProvable !== true) return UNPROVEN;
  if (read.offset === 0) return [0, null];
  // A trimmed entry can't be compared: delivery announces the gap after it.
  return id === null || read.proves(id) ? [read.offset, id] : [read.offset, ''];
}

/** Positions to resume from: an undecodable one becomes a position of another epoch in each channel. */
export function requestedPositions(
  sent: Positions | null | undefined,
  channels: readonly string[],
): Positions | undefined {
  if (sent !== null) return sent;
  return { epoch: '', channels: Object.fromEntries(channels.map((channel) => [channel, mapLanes(() => UNPROVEN)])) };
}

function startOf(
  sent: Positions | null | undefined,
  epoch: string,
  channel: string,
  lane: Priority,
  head?: LanePosition,
): LanePosition {
  if (sent === undefined) return head ?? [0, null];
  // If the stream breaks before the gap of a refused position is sent, resuming must lead to that gap again.
  if (sent?.epoch !== epoch) return UNPROVEN;
  return sent.channels[channel]?.[lane] ?? head ?? [0, null];
}

function mapLanes(position: (lane: Priority) => LanePosition): Record<Priority, LanePosition> {
  return { high: position('high'), medium: position('medium'), low: position('low') };
}
