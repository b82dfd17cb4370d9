import { type Entry, laneOf, type Notification, type Priority } from '@herald/protocol';
import { newId } from '../../new-id.js';
import type { Addressed, LogEntry, NewEntry } from '../../notification-repository.js';
import { shareOf } from '../../share-of.js';

/** Bytes that an entry takes in a store beside its JSON and the index of searches, which take about the same. */
const ENTRY_BYTES = 300;

/** An entry on its way into the log. */
export interface Draft {
  readonly no: number;
  readonly entry: Entry;
  readonly json: string;
  readonly channels: readonly string[];
  readonly owner: string;
  readonly bytes: number;
}

/** Gives an entry its id, and a notification its instant and the one that it replaces. */
export function draftOf(no: number, { channels, entry }: Addressed, replaces?: string): Draft {
  const stamped = stampedEntry(entry, replaces);
  const json = JSON.stringify(stamped);
  return {
    no,
    entry: stamped,
    json,
    channels,
    owner: ownerOf(stamped, channels),
    bytes: ENTRY_BYTES + 2 * Buffer.byteLength(json),
  };
}

/** A notification counts in the share of its sender, any other entry among those of its first channel. */
function ownerOf({ event, data }: Entry, channels: readonly string[]): string {
  return event === 'notification' ? shareOf(data) : (channels[0] ?? '');
}

function stampedEntry({ event, data }: NewEntry, replaces: string | undefined): Entry {
  const id = newId();
  const createdAt = new Date().toISOString();
  const given = event === 'notification' ? { id, createdAt, ...(replaces !== undefined && { replaces }) } : { id };
  // First, where people look for the id in the JSON, and last, since the store decides. The compiler loses that `event`
  // and `data` belong together.
  return { event, data: { ...given, ...data, ...given } } as Entry;
}

/** Row of an entry at one of its places. */
export interface PlaceRow {
  readonly offset: number;
  readonly id: string;
  readonly entry: string | null;
}

export function logEntryOf({ offset, id, entry }: PlaceRow, channel: string, lane: Priority): LogEntry {
  return { channel, lane, offset, ...(entry === null ? emptied(id, lane) : (JSON.parse(entry) as Entry)) };
}

/** Stands in the place of an entry that retention has dropped from the middle of a lane. */
function emptied(id: string, lane: Priority): Entry {
  return { event: 'retract', data: { id, lane, notificationId: id } };
}

export function notificationIn(entry: string): Notification {
  return (JSON.parse(entry) as { data: Notification }).data;
}

export const laneOfDraft = ({ entry }: Draft): Priority => laneOf(entry.data);
