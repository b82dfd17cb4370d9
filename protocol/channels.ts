import type { Priority } from './notification.js';

/** The channel that reaches everyone who is signed in. */
export const EVERYONE = 'everyone';

/**
 * How far a channel's lane has been processed: the last offset, and the id of the entry there. The id is the proof:
 * where a store was cut back and written anew, it differs. `[0, null]` is the start of an empty lane.
 */
export type LanePosition = [offset: number, id: string | null];

export type ChannelPositions = Record<string, Partial<Record<Priority, LanePosition>>>;

/** Where a client resumes: valid for one epoch only. */
export interface Positions {
  epoch: string;
  channels: ChannelPositions;
}
