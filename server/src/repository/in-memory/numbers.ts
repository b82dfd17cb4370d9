/** Numbers people from 0. Neither names nor numbers are reused. */
export class Numbers {
  readonly #numbers = new Map<string, number>();
  readonly #names: string[] = [];

  get size(): number {
    return this.#names.length;
  }

  find(username: string): number | undefined {
    return this.#numbers.get(username);
  }

  of(username: string): number {
    const known = this.#numbers.get(username);
    if (known !== undefined) return known;
    this.#numbers.set(username, this.#names.length);
    return this.#names.push(username) - 1;
  }

  /** Names of the people whose bits are set, sorted. */
  namesIn(bits: Uint8Array): string[] {
    const names: string[] = [];
    bits.forEach((byte, index) => {
      for (let bit = 0; byte >> bit !== 0; bit++)
        if ((byte & (1 << bit)) !== 0) names.push(this.#names[index * 8 + bit] ?? '');
    });
    return names.sort();
  }
}
