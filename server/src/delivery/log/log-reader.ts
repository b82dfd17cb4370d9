import type { Priority } from '@herald/protocol';
import type {
  InEpoch,
  LaneHeads,
  LogEntry,
  NotificationRepository,
  Place,
} from '../../repository/notification-repository.js';

/** The epoch is another one now: offsets and positions from before are meaningless. */
export class EpochChanged extends Error {
  constructor() {
    super('The log has another epoch');
  }
}

/**
 * Reads the log in one epoch: that of its first answer. Once an answer has another epoch, or `end` was called, every
 * method throws `EpochChanged`.
 */
export class LogReader {
  #epoch: string | undefined;
  #isOver = false;

  /** @param epochChanged called once, when an answer has another epoch */
  constructor(
    private readonly repository: NotificationRepository,
    private readonly epochChanged: () => void,
  ) {}

  /** Epoch of all answers. */
  get epoch(): string {
    if (this.#isOver) throw new EpochChanged();
    if (this.#epoch === undefined) throw new Error('Nothing was read yet');
    return this.#epoch;
  }

  get isUnread(): boolean {
    return this.#epoch === undefined;
  }

  /** Whether offsets of this epoch are those of its answers. */
  isIn(epoch: string): boolean {
    return epoch === this.#epoch;
  }

  async readEpoch(): Promise<string> {
    if (this.#epoch === undefined) await this.heads([]);
    return this.epoch;
  }

  async heads(channels: readonly string[]): Promise<ReadonlyMap<string, LaneHeads>> {
    return this.#checked(await this.repository.heads(channels)).channels;
  }

  async idsAt(places: readonly Place[]): Promise<readonly (string | null)[]> {
    return this.#checked(await this.repository.idsAt(places)).ids;
  }

  /** @see NotificationRepository.read */
  async read(
    channel: string,
    lane: Priority,
    from: number,
    limit: number,
    bytes: number,
  ): Promise<readonly LogEntry[]> {
    return this.#checked(await this.repository.read(channel, lane, from, limit, bytes)).entries;
  }

  /** The log has another epoch now. */
  end(): void {
    this.#isOver = true;
  }

  #checked<Answer extends InEpoch>(answer: Answer): Answer {
    this.#epoch ??= answer.epoch;
    if (answer.epoch !== this.#epoch && !this.#isOver) {
      this.#isOver = true;
      this.epochChanged();
    }
    if (this.#isOver) throw new EpochChanged();
    return answer;
  }
}
