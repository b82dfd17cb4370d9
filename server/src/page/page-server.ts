import fastifyStatic from '@fastify/static';
import { type PageConfig, SERVER_PATHS } from '@herald/protocol';
import { fastify, type FastifyInstance, type FastifyReply } from 'fastify';
import type { IncomingMessage, Server } from 'node:http';
import { extname } from 'node:path';
import { answeredHosts, UNANSWERED_HOST } from '../config/answered-hosts.js';
import type { Environment } from '../config/environment.js';
import { answerOnlyTo } from '../http/host-check.js';
import { createHttpServer } from '../http/http-server.js';
import { closeAfterUnreadBody } from '../http/lingering-close.js';
import { PlainConnections } from '../http/plain-connections.js';
import { sendSecurityHeaders } from '../http/security-headers.js';
import { endConnectionsWhileStopping } from '../http/stopping.js';
import { refuseUnreadable } from '../http/unreadable-request.js';
import { movedFiles } from './moved-files.js';

/** Methods by which the page is read. */
const READING = ['GET', 'HEAD'];
/** Paths that the page's port forwards to the API, so that the page, the API and the WebSocket share one origin. */
const API_PATH = new RegExp(`^/(?:${SERVER_PATHS.join('|')})(?=[-/;]|$)`);
/** `ng build` puts a hash of the content into these names; the path may be that of a compressed file. */
const HASHED_NAME = /\/(main|chunk|polyfills)-[\w-]{8}\.js(\.br|\.gz)?$/;
const SERVICE_WORKER = '/ngsw-worker.js';
const INDEX = 'index.html';
const MOVED_TYPES: Record<string, string> = { '.html': 'text/html; charset=utf-8', '.json': 'application/json' };
const FILE_PATH = /\.\w+$/;
const ONE_YEAR = 'public, max-age=31536000, immutable';

export interface PageOptions {
  /** Folder of the built client. */
  root: string;
  environment: Environment;
  /** Server of the API, which gets the requests and upgrades for API paths. */
  api: Server;
}

/** Serves the built page, and forwards requests for API paths to the API within the process. */
export async function createPageServer({ root, environment, api }: PageOptions): Promise<FastifyInstance> {
  const { BASE_PATH, SERVER_URL, HSTS_SECONDS, TRUSTED_PROXIES, MAX_HTTP_CONNECTIONS_PER_ADDRESS } = environment;
  const connections = new PlainConnections(MAX_HTTP_CONNECTIONS_PER_ADDRESS, TRUSTED_PROXIES);
  const page = fastify({
    return503OnClosing: false,
    clientErrorHandler: refuseUnreadable,
    serverFactory: (serve) =>
      createHttpServer(
        (request, response) => {
          if (isForApi(request)) api.emit('request', request, response);
          else serve(request, response);
        },
        connections,
        BASE_PATH,
      ).on('upgrade', (request, socket, head) => {
        // While the API stops, it has no listener, and the socket would stay open.
        if (!api.emit('upgrade', request, socket, head)) socket.destroy();
      }),
  });
  endConnectionsWhileStopping(page, connections);
  closeAfterUnreadBody(page);
  sendSecurityHeaders(page, {
    contentSecurityPolicy: { useDefaults: false, directives: contentSecurityPolicy(SERVER_URL) },
    hstsSeconds: HSTS_SECONDS,
  });
  answerOnlyTo(answeredHosts(environment), UNANSWERED_HOST, page);
  const config: PageConfig = { serverUrl: SERVER_URL };
  page.get('/config.json', (_request, reply) => reply.header('Cache-Control', 'no-cache').send(config));
  const moved = BASE_PATH === '' ? new Map<string, string>() : await movedFiles(root, BASE_PATH);
  const sendMoved = (name: string, reply: FastifyReply): FastifyReply =>
    reply
      .type(MOVED_TYPES[extname(name)] ?? '')
      .header('Cache-Control', 'no-cache')
      .send(moved.get(name));
  for (const name of moved.keys()) page.get(`/${name}`, (_request, reply) => sendMoved(name, reply));
  // The file config.json is for `ng serve`. Compressed files are served in place of their originals.
  const globIgnore = ['config.json', ...moved.keys(), '**/*.{br,gz}'];
  await page.register(fastifyStatic, {
    root,
    wildcard: false,
    globIgnore,
    preCompressed: true,
    cacheControl: false,
    setHeaders,
  });
  page.setNotFoundHandler((request, reply) => {
    // A path without a file extension is a route of the page. A missing file must not be answered with the page.
    const [path = ''] = request.url.split('?', 1);
    if (FILE_PATH.test(path)) return reply.code(404).type('text/plain').send('Not found');
    return moved.has(INDEX) ? sendMoved(INDEX, reply) : reply.sendFile(INDEX);
  });
  return page;
}

/**
 * Whether a request is for the API: all that do not read, since clients of ntfy publish to any path, and those for a
 * path of the API. It may have another spelling (`//api`, `/%61pi`, `http://host/api`), which would otherwise look like a
 * route of the page.
 */
function isForApi({ method = '', url = '' }: IncomingMessage): boolean {
  if (!READING.includes(method)) return true;
  const path = URL.parse(url.replace(/^[/\\]+/, '/'), 'http://page')?.pathname ?? '';
  return API_PATH.test(decoded(path).replaceAll(/[/\\]+/g, '/'));
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function setHeaders(reply: FastifyReply, path: string): void {
  reply.header('Cache-Control', HASHED_NAME.test(path) ? ONE_YEAR : 'no-cache');
}

function contentSecurityPolicy(serverUrl: string): Record<string, (string | ((request: IncomingMessage) => string))[]> {
  const servers = serverUrl === '' ? "'self'" : `'self' ${serverUrl} ${serverUrl.replace(/^http/, 'ws')}`;
  return {
    'default-src': ["'self'"],
    'script-src': ["'self'"],
    // Angular Material sets styles on elements.
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'data:'],
    // A browser keeps the policy of the service worker until the worker's text changes, so that policy names no server.
    'connect-src': [({ url }) => (url === SERVICE_WORKER ? '*' : servers)],
    'object-src': ["'none'"],
    'base-uri': ["'self'"],
    'form-action': ["'self'"],
    'frame-ancestors': ["'none'"],
  };
}
