import fastifyStatic from '@fastify/static';
import { fastify, type FastifyInstance, type FastifyReply } from 'fastify';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { PageConfig } from '../../../protocol/http.js';
import { sendSecurityHeaders } from '../http/security-headers.js';
import { endConnectionsWhileStopping } from '../http/stopping.js';

/** What the page's port hands to the API, so that the page, its API and its WebSocket share one origin. */
const API_PATH = /^\/(api|ws|docs|health)(?=[-/?]|$)/;
/** `ng build` puts a hash of the content into these names; the path may be of the compressed one. */
const HASHED_NAME = /\/(main|chunk|polyfills)-[\w-]{8}\.js(\.br|\.gz)?$/;
const FILE_PATH = /\.\w+$/;
const SERVER_OPTIONS = {
  // Other upgrades on offer (h2c, say) are declined by answering as usual (RFC 9110, section 7.8).
  shouldUpgradeCallback: ({ headers }: IncomingMessage): boolean => headers.upgrade?.toLowerCase() === 'websocket',
};
const ONE_YEAR = 'public, max-age=31536000, immutable';

export interface PageOptions {
  /** Folder of the built client. */
  root: string;
  /** Told to the page at run time; empty: the page's own origin. */
  serverUrl: string;
  /** The API's server: gets the requests and upgrades that are its own. */
  api: Server;
}

/** Serves the built page, and hands the rest to the API in the same process, without a proxy's hop. */
export async function createPageServer({ root, serverUrl, api }: PageOptions): Promise<FastifyInstance> {
  const page = fastify({
    serverFactory: (serve) =>
      createServer(SERVER_OPTIONS, (request, response) => {
        if (API_PATH.test(request.url ?? '')) api.emit('request', request, response);
        else serve(request, response);
      }).on('upgrade', (request, socket, head) => {
        // While the API stops, nobody listens: the socket would stay open.
        if (!api.emit('upgrade', request, socket, head)) socket.destroy();
      }),
  });
  endConnectionsWhileStopping(page);
  sendSecurityHeaders(page, { contentSecurityPolicy: { useDefaults: false, directives: contentSecurityPolicy(serverUrl) } });
  const config: PageConfig = { serverUrl };
  page.get('/config.json', (_request, reply) => reply.header('Cache-Control', 'no-cache').send(config));
  // The file config.json is for `ng serve`, which has nobody to ask. What the build has compressed stands beside its original.
  const globIgnore = ['config.json', '**/*.{br,gz}'];
  await page.register(fastifyStatic, { root, wildcard: false, globIgnore, preCompressed: true, cacheControl: false, setHeaders });
  page.setNotFoundHandler((request, reply) => {
    // A path without a file's ending is a route inside the page; a missing file must not look like one.
    const [path = ''] = request.url.split('?', 1);
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (!isRead || FILE_PATH.test(path)) return reply.code(404).type('text/plain').send('Not found');
    return reply.sendFile('index.html');
  });
  return page;
}

function setHeaders(reply: FastifyReply, path: string): void {
  reply.header('Cache-Control', HASHED_NAME.test(path) ? ONE_YEAR : 'no-cache');
}

function contentSecurityPolicy(serverUrl: string): Record<string, string[]> {
  const server = serverUrl === '' ? [] : [serverUrl, serverUrl.replace(/^http/, 'ws')];
  return {
    'default-src': ["'self'"],
    'script-src': ["'self'"],
    // Angular Material sets styles on elements.
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'data:'],
    'connect-src': ["'self'", ...server],
    'object-src': ["'none'"],
    'base-uri': ["'self'"],
    'form-action': ["'self'"],
    'frame-ancestors': ["'none'"],
  };
}
