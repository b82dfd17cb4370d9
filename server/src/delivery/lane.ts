import type { LanePosition } from '../../../protocol/channels.js';
import type { EntryFrame } from '../../../protocol/frames.js';
import type { Priority } from '../../../protocol/notification.js';
import type { LaneHead, LogEntry } from '../repository/notification-repository.js';
import { FrameLog } from './frame-log.js';

/** One channel and priority that someone here is subscribed to, from the moment it was opened. */
export class Lane {
  /** The newest frames; none before the first entry since this was opened. */
  #log: FrameLog | undefined;
  #head: LaneHead = { offset: 0, id: null };

  constructor(
    readonly channel: string,
    readonly priority: Priority,
  ) {}

  /** Offset of the newest entry. */
  get head(): number {
    return this.#head.offset;
  }

  get position(): LanePosition {
    return [this.#head.offset, this.#head.id];
  }

  get log(): FrameLog | undefined {
    return this.#log;
  }

  /** The repository's head when this was opened; entries may have come in meanwhile. */
  startAt(head: LaneHead): void {
    if (head.offset > this.#head.offset) this.#head = head;
  }

  /** @param retainedBytes of frames that are worth keeping */
  append(entry: LogEntry, retainedBytes: number): void {
    // A repository that lost its connection for a while may skip; then the old frames no longer join up.
    if (this.#log?.nextOffset !== entry.offset) this.#log = new FrameLog(entry.offset);
    this.#log.append(frameText(entry), retainedBytes);
    this.#head = { offset: entry.offset, id: entry.data.id };
  }
}

/** The JSON of an entry's frame. */
export function frameText({ event, data, channel, offset }: LogEntry): string {
  // That event and data belong together is known of the entry, but not to the compiler once they are apart.
  const frame = { event, data: { ...data, channel, offset } } as EntryFrame;
  return JSON.stringify(frame);
}
