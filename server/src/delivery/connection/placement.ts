import type { GapFrame, LanePosition, Positions } from '@herald/protocol';
import type { Lane } from '../log/lane.js';
import type { LogReader } from '../log/log-reader.js';
import { textFrame } from '../log/text-frame.js';

type Gap = GapFrame['data'];

/**
 * Start of a connection in one lane: after an offset, or at the head, with a gap if the client's position is not
 * accepted.
 */
export interface Placement {
  readonly lane: Lane;
  /** Last offset that the client has; undefined: the head at the moment of subscription. */
  readonly after: number | undefined;
  readonly lost?: Gap['reason'];
}

/** A lane, and the client's position in it. */
interface Asked {
  readonly lane: Lane;
  readonly position: LanePosition;
}

/**
 * Checks a client's positions: one counts if its epoch is that of the log, its offset is not beyond the head, and no
 * entry with another id is there. A lane without a position starts at the head, without a gap.
 */
export async function place(
  lanes: readonly Lane[],
  positions: Positions | undefined,
  log: LogReader,
): Promise<Placement[]> {
  const asked = lanes.flatMap((lane): Asked[] => {
    const position = positions?.channels[lane.channel]?.[lane.priority];
    return position === undefined ? [] : [{ lane, position }];
  });
  if (asked.length === 0) return lanes.map((lane) => ({ lane, after: undefined }));
  const isSameEpoch = positions?.epoch === log.epoch;
  const placements = new Map(lanes.map((lane): [Lane, Placement] => [lane, { lane, after: undefined }]));
  for (const { lane } of asked)
    placements.set(lane, { lane, after: undefined, lost: isSameEpoch ? 'truncated' : 'epoch' });
  if (isSameEpoch)
    for (const { lane, position } of await proven(asked, log)) placements.set(lane, { lane, after: position[0] });
  return [...placements.values()];
}

async function proven(asked: readonly Asked[], log: LogReader): Promise<readonly Asked[]> {
  const places = asked.map(({ lane: { channel, priority: lane }, position: [offset] }) => ({ channel, lane, offset }));
  const ids = await log.idsAt(places);
  return asked.filter(({ lane, position }, n) => isProven(position, lane.head, ids[n] ?? null));
}

function isProven([offset, id]: LanePosition, head: number, idThere: string | null): boolean {
  if (offset === 0) return id === null;
  // A trimmed entry cannot be compared, and need not be: the entries after it are sent, or announced as a gap.
  return offset <= head && (idThere === null || idThere === id);
}

/** The channels whose heads here are behind the client's positions: another process may have sent it more. */
export function channelsBehind(lanes: readonly Lane[], positions: Positions | undefined): string[] {
  const isBehind = ({ channel, priority, head }: Lane): boolean =>
    (positions?.channels[channel]?.[priority]?.[0] ?? 0) > head;
  return [...new Set(lanes.filter(isBehind).map(({ channel }) => channel))];
}

/** Frame for a position that was not accepted: the lane continues at its head. */
export function gapFrame({ lane, lost }: Placement): Buffer {
  const [to, id] = lane.position;
  return encode({ channel: lane.channel, lane: lane.priority, from: 1, to, id, reason: lost ?? 'truncated' });
}

/** Frame for entries that retention has dropped before they were sent. */
export function trimmedGapFrame({ channel, priority }: Lane, from: number, to: number): Buffer {
  return encode({ channel, lane: priority, from, to, id: null, reason: 'trimmed' });
}

function encode(data: Gap): Buffer {
  const frame: GapFrame = { event: 'gap', data };
  return textFrame(JSON.stringify(frame));
}
