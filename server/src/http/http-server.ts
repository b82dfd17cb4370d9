import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { PlainConnections } from './plain-connections.js';

/** A request must be complete by then, so that slow ones can't pile up. */
const REQUEST_TIMEOUT_MS = 30_000;
const HEADERS_TIMEOUT_MS = 10_000;
/** How often those limits are looked at; Node's own 30 s would leave a slow one three times as long. */
const TIMEOUT_CHECK_MS = 1000;
/** A connection on which nothing moves is cut: nobody reads the answer. */
const UNREAD_TIMEOUT_MS = 60_000;
/** Longer than proxies keep a connection (nginx: 60 s), so that none sends a request while it is being closed. */
const KEEP_ALIVE_MS = 72_000;

/** The HTTP server of a port: the API's and the page's have the same limits. */
export function createHttpServer(serve: RequestListener, connections: PlainConnections): Server {
  const server = createServer(
    {
      requestTimeout: REQUEST_TIMEOUT_MS,
      headersTimeout: HEADERS_TIMEOUT_MS,
      connectionsCheckingInterval: TIMEOUT_CHECK_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      // Node asks just before it hands the socket over.
      shouldUpgradeCallback: (request) => {
        const isUpgrade = wantsWebSocket(request);
        if (isUpgrade) connections.leave(request.socket);
        return isUpgrade;
      },
    },
    (request, response) => {
      if (connections.begin(request, response)) serve(request, response);
    },
  );
  server.setTimeout(UNREAD_TIMEOUT_MS);
  return server.on('connection', (socket) => connections.add(socket));
}

/** Other upgrades on offer (h2c, say) are declined by answering as usual (RFC 9110, section 7.8). */
function wantsWebSocket({ headers }: IncomingMessage): boolean {
  return headers.upgrade?.toLowerCase() === 'websocket';
}
