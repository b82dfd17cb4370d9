import { SERVER_PATHS } from '@herald/protocol';
import type { FastifyInstance } from 'fastify';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkEnvironment } from '../../src/config/read-environment.js';
import { createPageServer } from '../../src/page/page-server.js';

const template = readFileSync('client/nginx/herald.conf.template', 'utf8');
const dockerfile = readFileSync('client/Dockerfile', 'utf8');
const { wireit } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  wireit: Record<'build:client', { command: string }>;
};

/** The body of the `location ~ …` that nginx chooses: the first whose regular expression matches. */
function proxiedBy(path: string): string | undefined {
  const locations = Array.from(template.matchAll(/^ {4}location ~ (\S+) \{([^}]*)\}/gm));
  return locations.find(([, pattern]) => new RegExp(pattern!).test(path))?.[2];
}

/**
 * Files of the page, and whether a browser may cache them without revalidation: those with a content hash in their
 * names.
 */
const KEPT = {
  '/main-ABCDEFGH.js': true,
  '/chunk-K_hgP-X-.js': true,
  '/polyfills-PZSJNBYU.js': true,
  '/ngsw-worker.js': false,
  '/ngsw.json': false,
  '/manifest.webmanifest': false,
  '/manifest.de.webmanifest': false,
  '/favicon.svg': false,
};

/** Result of nginx's map for a path. */
function cacheControlOf(path: string): string {
  const [, body] = /map \$uri \$page_cache \{([^}]*\{8\}[^}]*)\}/.exec(template)!;
  const [, otherwise] = /default (\S+);/.exec(body!)!;
  const [, pattern, value] = /'~(.+)' '(.+)';/.exec(body!)!;
  return new RegExp(pattern!).test(path) ? value! : otherwise!;
}

describe('the nginx configuration', () => {
  test.each([
    ...SERVER_PATHS.flatMap((name) => [`/${name}`, `/${name}/x`, `/${name};x`]),
    '/api/info',
    '/api/auth/login',
    '/docs',
    '/docs/',
    '/docs/swagger-ui-bundle.js',
    '/docs-json',
    '/api;x',
    '/api/notifications/stream',
    '/health/ready',
    '/ws',
    '/ws/',
    '/api/ws',
  ])('passes %s on to the server', (path) => {
    expect(proxiedBy(path)).toContain('proxy_pass $herald;');
  });

  test.each(['/', '/inbox', '/wsx', '/apis', '/versions', '/sign-in', '/main-ABCDEFGH.js'])(
    'serves %s itself',
    (path) => {
      expect(proxiedBy(path)).toBeUndefined();
    },
  );

  test('tries no pattern of the page before those for the server', () => {
    expect(template).not.toMatch(/^ {5,}location ~/m);
  });

  test('lets a connection upgrade, with a read time-out longer than any heartbeat', () => {
    expect(template).toMatch(
      /proxy_set_header Upgrade \$http_upgrade;\s+proxy_set_header Connection \$connection_upgrade;/,
    );
    for (const text of [
      proxiedBy('/ws'),
      proxiedBy('/api/ws'),
      proxiedBy('/api/notifications/stream'),
      readFileSync('README.md', 'utf8'),
    ]) {
      const [, hours] = /proxy_read_timeout (\d+)h;/.exec(text!)!;
      expect(() => checkEnvironment({ HEARTBEAT_MS: String(Number(hours) * 3_600_000) })).toThrow(
        /HEARTBEAT_MS: must not be greater/,
      );
    }
  });

  test('has the compressed files that gzip_static serves', () => {
    expect(template).toContain('gzip_static on;');
    expect(wireit['build:client'].command).toContain('node client/precompress.js');
    expect(dockerfile).toContain('RUN npm run build:client');
  });

  test('logs no query string, which may contain a token', () => {
    const [, format] = /log_format herald '(.*)';/.exec(template)!;
    expect(format).not.toMatch(/\$(request|request_uri|args|query_string|is_args|http_referer)\b/);
  });

  test.each([
    ['/hooks/A3bX9-kQ2.vLw_7/github?a=b', '/hooks/...'],
    ['/slack/tk_A3bX9-kQ2.vLw_7', '/slack/...'],
    ['/services/T/B/A3bX9-kQ2.vLw_7', '/services/...'],
    ['//HOOKS%2fA3bX9-kQ2.vLw_7', '//HOOKS%2f...'],
    ['/message?token=A3bX9-kQ2.vLw_7', '/message'],
    ['/api/info?x=/hooks/', '/api/info'],
  ])('logs %s without what may be a token or key', (uri, logged) => {
    const [, body] = /map \$request_uri \$request_path \{([^]*?)\n\}/.exec(template)!;
    const rules = Array.from(body!.matchAll(/'~(\*?)(.+)' (.+);/g));
    const [rule] = rules.filter(([, anyCase, pattern]) => new RegExp(pattern!, anyCase && 'i').test(uri));
    const groups = new RegExp(rule![2]!, rule![1] && 'i').exec(uri)!.groups!;
    expect(rule![3]!.replace(/\$(\w+)/, (_, name: string) => groups[name]!).replaceAll("'", '')).toBe(logged);
  });

  const withoutSecrets = ['api', 'docs', 'health'];
  test.each([...SERVER_PATHS.filter((name) => !withoutSecrets.includes(name)), 'api/notifications/stream'])(
    'keeps the requests of /%s out of the error log, since they may have a token, ticket or key',
    (name) => {
      expect(proxiedBy(`/${name}`)).toContain('error_log /dev/stderr crit;');
    },
  );

  test("replaces all of the template's own variables, and no others", () => {
    const [, filter] = /NGINX_ENVSUBST_FILTER="(.*)"/.exec(dockerfile)!;
    const used = new Set(Array.from(template.matchAll(/\$\{([A-Z_]+)\}/g), ([, name]) => name));
    expect(filter!.split('|').sort()).toEqual([...used].sort());
  });
});

describe("nginx's page and the server's own page", () => {
  let root: string;
  let page: FastifyInstance;

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'herald-page-'));
    await writeFile(join(root, 'index.html'), '<!doctype html>');
    for (const path of Object.keys(KEPT)) await writeFile(join(root, path), '');
    page = await createPageServer({
      root,
      environment: checkEnvironment({ SERVER_URL: 'https://herald.example' }),
      api: createServer(),
    });
  });

  afterAll(async () => {
    await page.close();
    await rm(root, { recursive: true });
  });

  const headers = Object.fromEntries(
    Array.from(template.matchAll(/add_header (\S+) (?:"([^"]*)"|(\S+)) always;/g), ([, name, quoted, plain]) => [
      name!.toLowerCase(),
      (quoted ?? plain)!.replace('$servers', "'self' https://herald.example wss://herald.example"),
    ]),
  );

  test('have the same content security policy', async () => {
    const served = (await page.inject('/')).headers['content-security-policy'];
    expect(headers['content-security-policy']).toBe(served);
  });

  test('have the same content security policy for the service worker', async () => {
    const [, servers] = /map \$uri \$servers \{[^}]*\/ngsw-worker\.js +(\S+);/.exec(template)!;
    const served = (await page.inject('/ngsw-worker.js')).headers['content-security-policy'];
    expect(served).toContain(`connect-src ${servers};`);
  });

  test.each(Object.entries(KEPT))('have the same caching of %s (without revalidation: %s)', async (path, isKept) => {
    const served = (await page.inject(path)).headers['cache-control'];
    expect(cacheControlOf(path)).toBe(served);
    expect(served === 'no-cache').toBe(!isKept);
  });

  test.each(Object.keys(KEPT).filter((path) => path.endsWith('.webmanifest')))(
    'have the same type of %s',
    async (path) => {
      const { headers: served } = await page.inject(path);
      const [, type] = new RegExp(`location = ${path} \\{[^}]*default_type (\\S+);`).exec(template)!;
      expect(type).toBe(served['content-type']);
    },
  );

  test.each(Object.keys(headers).filter((name) => !['content-security-policy', 'cache-control'].includes(name)))(
    'have the same %s',
    async (name) => {
      expect((await page.inject('/')).headers[name]).toBe(headers[name]);
    },
  );

  test("differ only in three headers for old browsers, and in HSTS, which the certificate's owner decides on", async () => {
    const transport = /^(accept-ranges|connection|content-(length|type)|date|etag|last-modified|vary)$/;
    const served = Object.keys((await page.inject('/')).headers).filter((name) => !transport.test(name));
    expect(served.filter((name) => !(name in headers)).sort()).toEqual([
      'x-download-options',
      'x-permitted-cross-domain-policies',
      'x-xss-protection',
    ]);
  });
});
