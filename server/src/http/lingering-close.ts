import type { Socket } from 'node:net';

/** Time for the client to read the answer and to stop sending. */
const LINGER_MS = 2000;

/**
 * Call it while a request whose body is not read to its end gets its last answer. The connection then closes in two steps, as RFC 9112,
 * section 9.6, recommends: first the server's side, and the other when the client has closed its own, or 2 s later. What comes meanwhile
 * is discarded. A close of both sides would reset the connection, and the client could lose the answer.
 */
export function closeLingering(socket: Socket): void {
  // Node's HTTP server calls this after the last answer of a connection.
  socket.destroySoon = () => {
    socket.end();
    const timeout = setTimeout(() => socket.destroy(), LINGER_MS);
    socket.once('close', () => clearTimeout(timeout));
  };
}
