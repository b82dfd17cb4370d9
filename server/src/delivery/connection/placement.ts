import type { GapFrame, LanePosition, Positions } from '@herald/protocol';
import type { NotificationRepository } from '../../repository/notification-repository.js';
import type { Lane } from '../log/lane.js';
import { textFrame } from '../log/text-frame.js';

type Gap = GapFrame['data'];

/** Start of a connection in one lane: after an offset, or at the head, with a gap if the client's position is not accepted. */
export interface Placement {
  readonly lane: Lane;
  /** Last offset that the client has; undefined: the head at the moment of subscription. */
  readonly after: number | undefined;
  readonly lost?: Gap['reason'];
}

/**
 * Checks a client's position in one lane: it counts only if the epoch is this one, and the entry with its id is at its
 * offset. A lane without a position starts at the head, without a gap.
 */
export async function place(
  lane: Lane,
  positions: Positions | undefined,
  repository: NotificationRepository,
): Promise<Placement> {
  const position = positions?.channels[lane.channel]?.[lane.priority];
  if (positions === undefined || position === undefined) return { lane, after: undefined };
  if (positions.epoch !== repository.epoch) return { lane, after: undefined, lost: 'epoch' };
  const isAccepted = await isProven(lane, position, repository);
  return isAccepted ? { lane, after: position[0] } : { lane, after: undefined, lost: 'truncated' };
}

async function isProven(lane: Lane, [offset, id]: LanePosition, repository: NotificationRepository): Promise<boolean> {
  if (offset === 0) return id === null;
  // Another process may have sent the client more than this one has heard of yet.
  if (offset > lane.head && offset > (await repository.head(lane.channel, lane.priority)).offset) return false;
  const [entry] = await repository.read(lane.channel, lane.priority, offset, 1);
  // A trimmed entry cannot be compared, and need not be: the entries after it are sent, or announced as a gap.
  return entry === undefined || entry.offset > offset || entry.data.id === id;
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
