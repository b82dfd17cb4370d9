import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { Refusal } from './refusal/refusal.js';
import { refuseSocket } from './refusal/socket-refusal.js';

/**
 * Refuses a request that Node's parser can't read, or that does not arrive in time. Fastify's own answers have no code.
 */
export function refuseUnreadable({ code }: NodeJS.ErrnoException, socket: Socket): void {
  // The client is gone, or was refused already: the parser reports each further segment.
  if (!socket.writable) return;
  // A refusal would become part of the answer that is under way. Node's own handler looks at the same field.
  if ((socket as Socket & { _httpMessage?: ServerResponse | null })._httpMessage?.headersSent === true) {
    socket.destroy();
    return;
  }
  refuseSocket(socket, refusalFor(code));
}

function refusalFor(code: string | undefined): Refusal {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new Refusal(408, 'bad_request', 'The request took too long to arrive');
    case 'HPE_HEADER_OVERFLOW':
      return new Refusal(431, 'bad_request', 'The headers of the request are too large');
    default:
      return new Refusal(400, 'bad_request', 'The request is not valid HTTP');
  }
}
