import type { Dialect } from './dialect.js';
import type { LoadClient } from './load-client.js';

/** Nothing but a WebSocket. */
export class PlainDialect implements Dialect {
  readonly path = '/ws';
  readonly headers = [];

  upgraded(client: LoadClient): void {
    client.ready();
  }

  text(): void {
    // The peers say nothing but notifications.
  }

  read(): void {
    // Nothing is acknowledged.
  }
}
