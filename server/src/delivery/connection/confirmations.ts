import type { Stretch } from '../../repository/notification-repository.js';
import type { Placement } from './placement.js';
import { Unconfirmed } from './unconfirmed.js';
import type { Window } from './window.js';

export type AcknowledgedListener = (username: string, stretch: Stretch) => void;

/** Tells listeners which entries a user has received: those that were acknowledged, or that a later resume proves. */
export class Confirmations {
  readonly #listeners = new Set<AcknowledgedListener>();
  #unconfirmed = new Unconfirmed();

  /** @returns a function that ends the subscription */
  add(listener: AcknowledgedListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  acknowledged(username: string | undefined, stretches: readonly Stretch[]): void {
    if (username === undefined) return;
    for (const stretch of stretches) for (const listener of this.#listeners) listener(username, stretch);
  }

  /** A connection has ended with entries in flight. */
  ended(username: string | undefined, inFlight: Window['inFlight']): void {
    if (username !== undefined) this.#unconfirmed.keep(username, inFlight);
  }

  resumed(username: string | undefined, placements: readonly Placement[]): void {
    if (username === undefined) return;
    const places = placements.flatMap(({ lane: { channel, priority: lane }, after }) =>
      after === undefined ? [] : [{ channel, lane, offset: after }],
    );
    this.acknowledged(username, this.#unconfirmed.resume(username, places));
  }

  /** Forgets the entries in flight: their offsets mean nothing in another epoch. */
  beginAnew(): void {
    this.#unconfirmed = new Unconfirmed();
  }
}
