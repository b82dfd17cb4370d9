import type { Socket } from 'node:net';

/** Time for the client to read the answer and to stop sending. */
const LINGER_MS = 2000;

/**
 * Makes a connection close in two steps after its last answer, as RFC 9112, section 9.6, recommends: first the server's
 * side, then the rest once the client has closed its own side, or after 2 s. Bytes that arrive meanwhile are discarded.
 * Closing both sides at once would reset the connection, and the client could lose the answer.
 * Call it while that answer is being sent, if the body of the request is not read to its end.
 */
export function closeLingering(socket: Socket): void {
  // Node's HTTP server calls this after the last answer of a connection.
  socket.destroySoon = () => {
    socket.end();
    const timeout = setTimeout(() => socket.destroy(), LINGER_MS);
    socket.once('close', () => clearTimeout(timeout));
  };
}
