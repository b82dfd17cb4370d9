import type { LoadClient } from './load-client.js';

/** What a system's clients say, and what they take from what it says. */
export interface Dialect {
  /** Of the upgrade request. */
  readonly path: string;
  readonly headers: readonly string[];
  /** The upgrade was accepted. The dialect calls `client.ready()` once deliveries may come. */
  upgraded(client: LoadClient): void;
  /** A frame that is no delivery: anything before `ready`, and what is too short for one afterwards. */
  text(client: LoadClient, text: string): void;
  /** Everything that one read of the socket brought has been counted. */
  read(client: LoadClient): void;
}
