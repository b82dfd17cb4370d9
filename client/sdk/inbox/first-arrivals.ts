/** As many as may lie between two arrivals of the same notification, when its channels are caught up with. */
const REMEMBERED = 5000;

/** Tells what has not come before: a notification that went to several of a person's channels comes once by each. */
export class FirstArrivals {
  readonly #ids = new Set<string>();

  /** @returns whether this is the first time for that id, among the 5,000 that came last */
  take(id: string): boolean {
    if (this.#ids.has(id)) return false;
    this.#ids.add(id);
    const [oldest] = this.#ids;
    if (this.#ids.size > REMEMBERED && oldest !== undefined) this.#ids.delete(oldest);
    return true;
  }
}
