import type { Dialect } from './dialect.js';
import type { LoadClient } from './load-client.js';

/** A WebSocket without a protocol on top. */
export class PlainDialect implements Dialect {
  readonly path = '/ws';
  readonly headers = [];

  upgraded(client: LoadClient): void {
    client.ready();
  }

  text(): void {
    // The peers send only notifications.
  }

  read(): void {
    // The peers expect no acknowledgement.
  }
}
