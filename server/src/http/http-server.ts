import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { removeBasePath } from './base-path.js';
import { closeLingering } from './lingering-close.js';
import type { PlainConnections } from './plain-connections.js';

/** Time for a complete request, so that slow ones can't pile up. */
const REQUEST_TIMEOUT_MS = 30_000;
const HEADERS_TIMEOUT_MS = 10_000;
/** Interval of Node's check of these limits; its default of 30 s would let a slow request last three times as long. */
const TIMEOUT_CHECK_MS = 1000;
/** A connection without progress is closed after this time: the client does not read the answer. */
const UNREAD_TIMEOUT_MS = 60_000;
/** Longer than proxies keep an idle connection (nginx: 60 s), so that no request meets a closing connection. */
const KEEP_ALIVE_MS = 72_000;

/**
 * Creates the HTTP server of a port. The API and the page have the same limits.
 * @param basePath removed from the URL of each request
 */
export function createHttpServer(serve: RequestListener, connections: PlainConnections, basePath: string): Server {
  const server = createServer(
    {
      requestTimeout: REQUEST_TIMEOUT_MS,
      headersTimeout: HEADERS_TIMEOUT_MS,
      connectionsCheckingInterval: TIMEOUT_CHECK_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      // Node calls this just before it hands over the socket.
      shouldUpgradeCallback: (request) => {
        const isUpgrade = wantsWebSocket(request);
        if (!isUpgrade) return false;
        connections.leave(request.socket);
        removeBasePath(request, basePath);
        return true;
      },
    },
    (request, response) => {
      removeBasePath(request, basePath);
      if (connections.begin(request, response)) bound(request, response);
      serve(request, response);
    },
  );
  return server.on('connection', (socket) => connections.add(socket));
}

/** Sets the time-outs of an answer, and of a body that still arrives after it. */
function bound(request: IncomingMessage, response: ServerResponse): void {
  // `server.timeout` would leave a stopped timer of 200 bytes on every upgraded socket. A stream may have set its own
  // timeout, which a request pipelined behind it must not shorten.
  if (!request.socket.timeout) request.socket.setTimeout(UNREAD_TIMEOUT_MS);
  response.prependOnceListener('finish', () => closeLingering(request, response));
}

/** Other offered protocols (such as h2c) are ignored, and the request is answered (RFC 9110, section 7.8). */
function wantsWebSocket({ headers }: IncomingMessage): boolean {
  return headers.upgrade?.toLowerCase() === 'websocket';
}
