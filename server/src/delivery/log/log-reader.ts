import type { Priority } from '@herald/protocol';
import type {
  InEpoch,
  LaneHeads,
  LogEntry,
  NotificationRepository,
  Place,
} from '../../repository/notification-repository.js';

/** The epoch is another one now: offsets and positions from before are meaningless. */
export class LogBeganAnew extends Error {
  constructor() {
    super('The log began anew');
  }
}

/**
 * Reads the log in one epoch: that of its first answer.
 * @throws LogBeganAnew in every method from then on
 */
export class LogReader {
  #epoch: string | undefined;
  #isOver = false;

  /** @param beganAnew called once, if an answer has another epoch */
  constructor(
    private readonly repository: NotificationRepository,
    private readonly beganAnew: () => void,
  ) {}

  /** Epoch of all answers. */
  get epoch(): string {
    if (this.#isOver) throw new LogBeganAnew();
    if (this.#epoch === undefined) throw new Error('Nothing was read yet');
    return this.#epoch;
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

  /** The log began anew. */
  end(): void {
    this.#isOver = true;
  }

  #checked<Answer extends InEpoch>(answer: Answer): Answer {
    this.#epoch ??= answer.epoch;
    if (answer.epoch !== this.#epoch && !this.#isOver) {
      this.#isOver = true;
      this.beganAnew();
    }
    if (this.#isOver) throw new LogBeganAnew();
    return answer;
  }
}
