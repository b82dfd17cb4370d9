import { type AckEvery, type Acknowledgement, type EntryFrame, laneOf } from '@herald/protocol';

/** Counts processed entries, and tells when an acknowledgement is due. */
export class Acknowledgements {
  #pending: Acknowledgement = {};
  #messages = 0;
  #bytes = 0;

  /** @param every the latest terms */
  constructor(public every: AckEvery) {}

  get isDue(): boolean {
    return this.#messages >= this.every.messages || this.#bytes >= this.every.bytes;
  }

  /** @param bytes of the message's text in UTF-8 */
  count(data: EntryFrame['data'], bytes: number): void {
    const { channel, offset } = data;
    this.#pending[channel] = { ...this.#pending[channel], [laneOf(data)]: offset };
    this.#messages += 1;
    this.#bytes += bytes;
  }

  /** The acknowledgement of all that is pending, possibly empty. */
  take(): Acknowledgement {
    const taken = this.#pending;
    this.#pending = {};
    this.#messages = 0;
    this.#bytes = 0;
    return taken;
  }
}
