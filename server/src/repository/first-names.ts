/** The first distinct names that contain a part: those that begin with it, then the others, each alphabetically. */
export class FirstNames {
  readonly names: string[] = [];
  readonly #part: string;

  /** @param part case-insensitive; empty: all names match */
  constructor(
    part: string,
    private readonly limit: number,
  ) {
    this.#part = part.toLowerCase();
  }

  consider(name: string): void {
    if (!name.toLowerCase().includes(this.#part)) return;
    const at = this.names.findIndex((one) => one === name || this.#isAhead(name, one));
    if (this.names[at] === name || (at === -1 && this.names.length === this.limit)) return;
    this.names.splice(at === -1 ? this.names.length : at, 0, name);
    if (this.names.length > this.limit) this.names.pop();
  }

  #isAhead(one: string, other: string): boolean {
    const [begins, otherBegins] = [this.#begins(one), this.#begins(other)];
    return begins === otherBegins ? one < other : begins;
  }

  #begins(name: string): boolean {
    return name.toLowerCase().startsWith(this.#part);
  }
}
