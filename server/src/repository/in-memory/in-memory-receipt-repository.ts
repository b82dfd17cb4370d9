import type { Place } from '../notification-repository.js';
import { ReceiptRepository, type Recipients } from '../receipt-repository.js';

interface Kept {
  readonly places: readonly Place[];
  readonly recipients: Recipients;
}

/** Keeps the newest `limit` notifications for as long as the process lives. */
export class InMemoryReceiptRepository extends ReceiptRepository {
  readonly #kept = new Map<string, Kept>();
  /** Highest offset received, by person, then by lane. */
  readonly #received = new Map<string, Map<string, number>>();

  constructor(private readonly limit: number) {
    super();
  }

  override keep(id: string, places: readonly Place[], recipients: Recipients): Promise<void> {
    this.#kept.set(id, { places, recipients });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > this.limit && oldest !== undefined) this.#kept.delete(oldest);
    return Promise.resolve();
  }

  override recipientsOf(id: string): Promise<Recipients | undefined> {
    return Promise.resolve(this.#kept.get(id)?.recipients);
  }

  override received(username: string, place: Place): void {
    const lanes = this.#received.get(username) ?? new Map<string, number>();
    this.#received.set(username, lanes);
    const key = laneKey(place);
    if (place.offset > (lanes.get(key) ?? 0)) lanes.set(key, place.offset);
  }

  override fetched(username: string, ids: readonly string[]): void {
    for (const id of ids) for (const place of this.#kept.get(id)?.places ?? []) this.received(username, place);
  }

  override receiversOf(id: string): Promise<string[]> {
    const places = this.#kept.get(id)?.places ?? [];
    const has = (lanes: Map<string, number>): boolean => places.some((place) => (lanes.get(laneKey(place)) ?? 0) >= place.offset);
    return Promise.resolve([...this.#received].filter(([, lanes]) => has(lanes)).map(([username]) => username));
  }

  override forget(username: string): void {
    this.#received.delete(username);
  }
}

const laneKey = ({ channel, lane }: Place): string => `${lane} ${channel}`;
