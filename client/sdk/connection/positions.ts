import {
  type ChannelPositions,
  type ChannelsFrame,
  type EntryFrame,
  type GapFrame,
  laneOf,
  type LanePosition,
  type Positions,
  PRIORITIES,
  type Priority,
} from '@herald/protocol';

/** The protocol's rule for an offset. `drop`: it is known already. `hole`: an offset before it never came. */
export type Verdict = 'apply' | 'drop' | 'hole';

export function judge(positions: Positions, data: EntryFrame['data']): Verdict {
  const last = offsetIn(positions.channels, data.channel, laneOf(data));
  if (data.offset <= last) return 'drop';
  return data.offset === last + 1 ? 'apply' : 'hole';
}

export function afterEntry(positions: Positions, data: EntryFrame['data']): Positions {
  return moved(positions, data.channel, laneOf(data), [data.offset, data.id]);
}

export function afterGap(positions: Positions, { channel, lane, to, id }: GapFrame['data']): Positions {
  return moved(positions, channel, lane, [to, id]);
}

/** Positions after a welcome: those that were sent, and the heads of lanes that had none. */
export function afterWelcome(sent: Positions | null, epoch: string, heads: ChannelPositions): Positions {
  if (sent?.epoch !== epoch) return { epoch, channels: heads };
  const channels = Object.entries(heads).map(([channel, lanes]) => [channel, { ...lanes, ...sent.channels[channel] }]);
  return { epoch, channels: Object.fromEntries(channels) as ChannelPositions };
}

/** Positions after the user's channels have changed: joined ones are at their heads, left ones are dropped. */
export function afterChannels({ epoch, channels }: Positions, { joined, left }: ChannelsFrame['data']): Positions {
  const kept: ChannelPositions = Object.fromEntries(
    Object.entries(channels).filter(([channel]) => !left.includes(channel)),
  );
  return { epoch, channels: { ...kept, ...joined } };
}

/** Number of entries between the positions and the heads. */
export function distance(positions: Positions, heads: ChannelPositions): number {
  let entries = 0;
  for (const channel of Object.keys(heads)) {
    for (const lane of PRIORITIES) {
      entries += Math.max(0, offsetIn(heads, channel, lane) - offsetIn(positions.channels, channel, lane));
    }
  }
  return entries;
}

/** Id of the newest entry processed in any lane; empty when there was none. Ids ascend with time. */
export function newestId({ channels }: Positions): string {
  const ids = Object.values(channels).flatMap((lanes) => PRIORITIES.map((lane) => lanes[lane]?.[1] ?? ''));
  return ids.reduce((newest, id) => (id > newest ? id : newest), '');
}

/** Offset of the last entry; 0 if there was none. */
export function offsetIn(channels: ChannelPositions, channel: string, lane: Priority): number {
  return channels[channel]?.[lane]?.[0] ?? 0;
}

function moved(positions: Positions, channel: string, lane: Priority, position: LanePosition): Positions {
  const lanes = { ...positions.channels[channel], [lane]: position };
  return { ...positions, channels: { ...positions.channels, [channel]: lanes } };
}
