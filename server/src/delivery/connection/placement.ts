import type { LanePosition, Positions } from '../../../../protocol/channels.js';
import type { GapFrame } from '../../../../protocol/frames.js';
import type { NotificationRepository } from '../../repository/notification-repository.js';
import type { Lane } from '../log/lane.js';
import { textFrame } from '../log/text-frame.js';

type Gap = GapFrame['data'];

/** Where a connection starts in one lane: `undefined` for the head, with a gap when something was lost on the way. */
export interface Placement {
  readonly lane: Lane;
  /** Last offset the client has; undefined: start at the head of the moment it is subscribed. */
  readonly after: number | undefined;
  readonly lost?: Gap['reason'];
}

/**
 * Judges a client's position in one lane: it counts only if the epoch is ours and the entry it names is at that offset.
 * A lane that the client has no position in starts at the head, without a word.
 */
export async function place(
  lane: Lane,
  positions: Positions | undefined,
  repository: NotificationRepository,
): Promise<Placement> {
  const position = positions?.channels[lane.channel]?.[lane.priority];
  if (positions === undefined || position === undefined) return { lane, after: undefined };
  if (positions.epoch !== repository.epoch) return { lane, after: undefined, lost: 'epoch' };
  const isProven = await isOurs(lane, position, repository);
  return isProven ? { lane, after: position[0] } : { lane, after: undefined, lost: 'truncated' };
}

async function isOurs(lane: Lane, [offset, id]: LanePosition, repository: NotificationRepository): Promise<boolean> {
  if (offset === 0) return id === null;
  // Another process may have sent the client more than this one has heard of yet.
  if (offset > lane.head && offset > (await repository.head(lane.channel, lane.priority)).offset) return false;
  const [entry] = await repository.read(lane.channel, lane.priority, offset, 1);
  // What was trimmed can't be compared any more, and needn't be: what follows it is announced as a gap or sent.
  return entry === undefined || entry.offset > offset || entry.data.id === id;
}

/** Tells that a client's position in a lane was not accepted: it starts anew at the head. */
export function gapFrame({ lane, lost }: Placement): Buffer {
  const [to, id] = lane.position;
  return encode({ channel: lane.channel, lane: lane.priority, from: 1, to, id, reason: lost ?? 'truncated' });
}

/** Tells that retention has dropped entries before they could be sent. */
export function trimmedGapFrame({ channel, priority }: Lane, from: number, to: number): Buffer {
  return encode({ channel, lane: priority, from, to, id: null, reason: 'trimmed' });
}

function encode(data: Gap): Buffer {
  const frame: GapFrame = { event: 'gap', data };
  return textFrame(JSON.stringify(frame));
}
