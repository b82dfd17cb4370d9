import type { GapFrame, LanePosition, Positions } from '@herald/protocol';
import type { LaneHeads } from '../../repository/notification-repository.js';
import type { Lane } from '../log/lane.js';
import type { LogReader } from '../log/log-reader.js';
import { textFrame } from '../log/text-frame.js';

type Gap = GapFrame['data'];

/** Start of a connection in one lane: after an offset, or at the head, with a gap if the client's position is not accepted. */
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
 * Checks a client's positions: one counts only if its epoch is that of the log, and the entry with its id is at its
 * offset. A lane without a position starts at the head, without a gap.
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
  const accepted = isSameEpoch ? await proven(asked, log) : [];
  return lanes.map((lane) => {
    if (!asked.some((each) => each.lane === lane)) return { lane, after: undefined };
    const position = accepted.find((each) => each.lane === lane)?.position;
    if (position !== undefined) return { lane, after: position[0] };
    return { lane, after: undefined, lost: isSameEpoch ? 'truncated' : 'epoch' };
  });
}

async function proven(asked: readonly Asked[], log: LogReader): Promise<readonly Asked[]> {
  const places = asked.map(({ lane: { channel, priority: lane }, position: [offset] }) => ({ channel, lane, offset }));
  const [ids, heads] = await Promise.all([log.idsAt(places), headsBehind(asked, log)]);
  return asked.filter(({ lane, position }, n) => {
    const head = heads.get(lane.channel)?.[lane.priority].offset ?? lane.head;
    return isProven(position, head, ids[n] ?? null);
  });
}

function isProven([offset, id]: LanePosition, head: number, idThere: string | null): boolean {
  if (offset === 0) return id === null;
  // A trimmed entry cannot be compared, and need not be: the entries after it are sent, or announced as a gap.
  return offset <= head && (idThere === null || idThere === id);
}

/** The heads of channels where the client is ahead: another process may have sent it more than this one has heard of. */
async function headsBehind(asked: readonly Asked[], log: LogReader): Promise<ReadonlyMap<string, LaneHeads>> {
  const behind = asked.filter(({ lane, position: [offset] }) => offset > lane.head);
  return behind.length === 0 ? new Map() : log.heads([...new Set(behind.map(({ lane }) => lane.channel))]);
}

/** Announces that a position was not accepted, and that the lane continues at its head. */
export function gapFrame({ lane, lost }: Placement): Buffer {
  const [to, id] = lane.position;
  return encode({ channel: lane.channel, lane: lane.priority, from: 1, to, id, reason: lost ?? 'truncated' });
}

/** Announces that retention has dropped entries before they were sent. */
export function trimmedGapFrame({ channel, priority }: Lane, from: number, to: number): Buffer {
  return encode({ channel, lane: priority, from, to, id: null, reason: 'trimmed' });
}

function encode(data: Gap): Buffer {
  const frame: GapFrame = { event: 'gap', data };
  return textFrame(JSON.stringify(frame));
}
