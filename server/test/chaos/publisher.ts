import { EVERYONE, type Notification, PRIORITIES, type Priority } from '@herald/protocol';
import { Published } from '../delivery-promise/published.js';
import type { SeededRandom } from '../seeded-random.js';

/** Publishes over HTTP, one request at a time in each lane, so that it knows the offset of each answer. */
export class Publisher {
  readonly published = new Published();
  /** Answers with 2xx so far. */
  answered = 0;

  constructor(
    readonly origin: string,
    /** Valid until the server restarts. */
    public token: string,
    readonly random: SeededRandom,
  ) {}

  /**
   * @param each called after each answer; false ends the lane
   * @returns the lanes whose last request had no answer
   */
  async publish(epoch: string, countInLane: number, each: () => boolean = () => true): Promise<Priority[]> {
    const unanswered = await Promise.all(
      PRIORITIES.map(async (lane) => {
        for (let n = 0; n < countInLane; n++) {
          const id = await this.#post(lane);
          if (id === undefined) return lane;
          this.published.add(epoch, EVERYONE, lane, id);
          this.answered += 1;
          if (!each()) return undefined;
        }
        return undefined;
      }),
    );
    return unanswered.filter((lane) => lane !== undefined);
  }

  async #post(priority: Priority): Promise<string | undefined> {
    const message = '€'.repeat(this.random.one([1, 20, 20, 200, 200, 1000, 4000]));
    const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${this.token}` };
    const body = JSON.stringify({ title: 'Chaos', message, priority, category: 'chaos' });
    try {
      const response = await fetch(`${this.origin}/api/notifications/send`, { method: 'POST', headers, body });
      if (response.status !== 201) throw new Error(`A send was answered ${response.status}`);
      return ((await response.json()) as Notification).id;
    } catch (error) {
      // For a lost connection, fetch throws a TypeError of another realm than Jest's.
      if ((error as Error).name === 'TypeError') return undefined;
      throw error;
    }
  }
}
