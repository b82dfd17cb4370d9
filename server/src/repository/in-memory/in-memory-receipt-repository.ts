import { type Answer, ANSWERS_KEPT_MAX } from '@herald/protocol';
import type { Place, Stored, Stretch } from '../notification-repository.js';
import { ReceiptRepository, type Recipients } from '../receipt-repository.js';
import type { Audiences } from './audiences.js';
import type { InMemoryNotificationRepository } from './in-memory-notification-repository.js';
import { LaneReceipts } from './lane-receipts.js';

interface Kept {
  readonly places: readonly Place[];
  readonly recipients: Recipients;
}

/** Keeps receipts in memory for as long as `log` keeps their notifications. */
export class InMemoryReceiptRepository extends ReceiptRepository {
  readonly #kept = new Map<string, Kept>();
  readonly #lanes = new Map<string, LaneReceipts>();
  /** Answers to each notification, by person. */
  readonly #answers = new Map<string, Map<string, Answer[]>>();

  constructor(
    private readonly log: InMemoryNotificationRepository,
    private readonly audiences: Audiences,
  ) {
    super();
    log.follow({ appended: (stored) => this.#keep(stored) });
    log.onGone((ids) => ids.forEach((id) => this.#drop(id)));
  }

  override recipientsOf(id: string): Promise<Recipients | undefined> {
    return Promise.resolve(this.#kept.get(id)?.recipients);
  }

  override received(username: string, stretch: Stretch): Promise<void> {
    this.#lanes.get(laneKey(stretch))?.received(username, stretch.from, stretch.to);
    return Promise.resolve();
  }

  override fetched(username: string, ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      const place = this.#kept.get(id)?.places[0];
      if (place !== undefined) this.#laneOf(place).received(username, place.offset, place.offset);
    }
    return Promise.resolve();
  }

  override receiversOf(id: string): Promise<string[]> {
    const places = this.#kept.get(id)?.places ?? [];
    return Promise.resolve([...new Set(places.flatMap((place) => this.#laneOf(place).receiversOf(place.offset)))]);
  }

  override answer(username: string, id: string, answer: Answer): Promise<Answer | undefined> {
    if (!this.#kept.has(id)) return Promise.resolve(undefined);
    const byPerson = this.#answers.get(id) ?? new Map<string, Answer[]>();
    this.#answers.set(id, byPerson);
    const before = byPerson.get(username) ?? [];
    const latest = before.at(-1);
    if (latest?.event === answer.event && latest.label === answer.label) return Promise.resolve(undefined);
    byPerson.set(username, [...before, answer].slice(-ANSWERS_KEPT_MAX));
    return Promise.resolve(latest);
  }

  override answersOf(id: string): Promise<ReadonlyMap<string, readonly Answer[]>> {
    return Promise.resolve(this.#answers.get(id) ?? new Map<string, Answer[]>());
  }

  /** Removes the receipts and answers of a removed account. */
  forget(username: string): void {
    for (const lane of this.#lanes.values()) lane.forget(username);
    for (const byPerson of this.#answers.values()) byPerson.delete(username);
  }

  #keep({ entry: { event, data }, places }: Stored): void {
    // A large batch may displace its own first notifications.
    if (event !== 'notification' || this.log.index.find(data.id) === undefined) return;
    this.#kept.set(data.id, { places, recipients: this.audiences.recipientsOf(data.audience) });
    for (const place of places) this.#laneOf(place).keep(place.offset);
  }

  #drop(id: string): void {
    for (const place of this.#kept.get(id)?.places ?? []) {
      const lane = this.#laneOf(place);
      lane.drop(place.offset);
      if (lane.isEmpty) this.#lanes.delete(laneKey(place));
    }
    this.#kept.delete(id);
    this.#answers.delete(id);
  }

  #laneOf(place: Place): LaneReceipts {
    const key = laneKey(place);
    const lane = this.#lanes.get(key) ?? new LaneReceipts();
    this.#lanes.set(key, lane);
    return lane;
  }
}

const laneKey = ({ channel, lane }: Place | Stretch): string => `${lane} ${channel}`;
