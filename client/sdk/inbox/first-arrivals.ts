/** Notifications that may lie between two arrivals of the same one, while its channels are caught up with. */
const REMEMBERED = 5000;

/** Recognizes repeated arrivals: a notification that went to several of a person's channels comes once through each. */
export class FirstArrivals {
  readonly #ids = new Set<string>();

  /** @returns whether this id is not among the last 5,000 */
  take(id: string): boolean {
    if (this.#ids.has(id)) return false;
    this.#ids.add(id);
    const [oldest] = this.#ids;
    if (this.#ids.size > REMEMBERED && oldest !== undefined) this.#ids.delete(oldest);
    return true;
  }
}
