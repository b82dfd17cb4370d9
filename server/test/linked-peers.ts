import { Peers } from '../src/repository/peers.js';

/** Two peers that receive each other's messages at once. */
export class LinkedPeers extends Peers {
  readonly #others: LinkedPeers[] = [];

  private constructor(private readonly name: string) {
    super();
  }

  static pair(): [LinkedPeers, LinkedPeers] {
    const [one, other] = [new LinkedPeers('one'), new LinkedPeers('other')];
    one.#others.push(other);
    other.#others.push(one);
    return [one, other];
  }

  override send(kind: string, message: unknown): void {
    const text = JSON.stringify(message);
    for (const other of this.#others) other.deliver(kind, JSON.parse(text), this.name);
  }
}
