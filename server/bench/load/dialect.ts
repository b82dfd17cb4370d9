import type { LoadClient } from './load-client.js';

/** The protocol of one system, as its load clients speak it. */
export interface Dialect {
  /** Path of the upgrade request. */
  readonly path: string;
  readonly headers: readonly string[];
  /** The upgrade was accepted. The dialect calls `client.ready()` once deliveries may come. */
  upgraded(client: LoadClient): void;
  /** A frame that is no delivery: any frame before `ready`, and a frame too short for a delivery after it. */
  text(client: LoadClient, text: string): void;
  /** Called when every frame of one socket read has been counted. */
  read(client: LoadClient): void;
}
