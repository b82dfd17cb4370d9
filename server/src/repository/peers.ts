/** A listener for messages of one kind. @param from names the process that has sent it */
export type PeerListener = (message: never, from: string) => void;

/**
 * Messages between the processes with one store, for limits that hold over all of them. They take some milliseconds, and
 * may get lost: nothing that must be exact depends on them.
 */
export abstract class Peers {
  readonly #listeners = new Map<string, PeerListener>();

  /** Sends a message to the others. @param message at most 4,000 bytes as JSON */
  abstract send(kind: string, message: unknown): void;

  /** Each kind has one listener. */
  listen(kind: string, listener: PeerListener): void {
    this.#listeners.set(kind, listener);
  }

  /** Hands a message of another process to its listener. */
  protected deliver(kind: string, message: unknown, from: string): void {
    this.#listeners.get(kind)?.(message as never, from);
  }
}

/** A store that one process has for itself. */
export class NoPeers extends Peers {
  override send(): void {
    return;
  }
}
