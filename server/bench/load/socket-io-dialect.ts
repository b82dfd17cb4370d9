import type { Dialect } from './dialect.js';
import type { LoadClient } from './load-client.js';

// Packet types of Engine.IO 4, followed for messages by those of Socket.IO 5.
const OPEN = '0';
const PING = '2';
const PONG = '3';
const CONNECT = '40';

/** Socket.IO's protocol over its WebSocket transport. */
export class SocketIoDialect implements Dialect {
  readonly path = '/socket.io/?EIO=4&transport=websocket';
  readonly headers = [];

  upgraded(): void {
    // The server speaks first.
  }

  text(client: LoadClient, text: string): void {
    if (text === PING) client.send(PONG);
    else if (text.startsWith(OPEN)) client.send(CONNECT);
    else if (text.startsWith(CONNECT)) client.ready();
  }

  read(): void {
    // Socket.IO expects no acknowledgement.
  }
}
