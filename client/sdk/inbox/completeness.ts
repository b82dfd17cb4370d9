/**
 * Whether the inbox has everything that the connection has brought or left out. A refetch brings what was left out; if
 * it fails, that is missing again. Something may be left out while a refetch is under way, and then takes another one.
 */
export class Completeness {
  #isCaughtUp = false;
  #isReading = false;
  /** The connection has left something out that no refetch is bringing. */
  #isIncomplete = false;
  /** The refetch under way is to bring something that was left out. */
  #isFilling = false;

  /** A refetch is under way. It ends, whatever else the connection leaves out, or a burst would starve it. */
  get isReading(): boolean {
    return this.#isReading;
  }

  /** All entries that were stored before the connection have come. */
  get isCaughtUp(): boolean {
    return this.#isCaughtUp;
  }

  get isIncomplete(): boolean {
    return this.#isIncomplete;
  }

  /** Nothing is missing, and nothing more is to come. */
  get isSettled(): boolean {
    return this.#isCaughtUp && !this.#isIncomplete && !this.#isReading;
  }

  /** @param resumed false if entries since the last connection may not come */
  connect(resumed: boolean): void {
    this.#isCaughtUp = false;
    if (!resumed) this.#isIncomplete = true;
  }

  catchUp(): void {
    this.#isCaughtUp = true;
  }

  leaveOut(): void {
    this.#isIncomplete = true;
  }

  beginRefetch(): void {
    this.#isFilling ||= this.#isIncomplete;
    this.#isIncomplete = false;
    this.#isReading = true;
  }

  endRefetch(): void {
    this.#isReading = false;
    this.#isFilling = false;
  }

  failRefetch(): void {
    this.#isReading = false;
    this.#isIncomplete ||= this.#isFilling;
    this.#isFilling = false;
  }
}
