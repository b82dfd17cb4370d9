import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

const NGINX = '/usr/sbin/nginx';
export const hasNginx = existsSync(NGINX);
/** Suffix for the name of a test that is skipped without nginx. */
export const NGINX_MISSING = hasNginx ? '' : ' (nginx is not installed here)';

/**
 * Includes processes left over by failed tests. They share Jest's standard error, so Jest would wait for them for ever.
 */
const running = new Set<ChildProcess>();
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
});

export interface Nginx {
  readonly host: string;
  stop(): Promise<void>;
}

/** Starts an nginx with default settings that forwards everything to a local port. */
export function inFrontOf(port: number): Promise<Nginx> {
  const location = `location / { proxy_pass http://127.0.0.1:${port}; proxy_http_version 1.1; proxy_buffering off; }`;
  return startNginx((own) => `server { listen 127.0.0.1:${own}; ${location} }`);
}

/** Configurations that people get: the example of README.md, and the image of the client. */
export const CONFIGURATIONS = ['README.md', 'the client image'] as const;
export type Configuration = (typeof CONFIGURATIONS)[number];
const [, EXAMPLE] = /```nginx\n([^`]*)```/.exec(readFileSync('README.md', 'utf8'))!;

/** Starts an nginx before the page's port, or, with that of the image, before the API. @param path of the page */
export function startBefore(
  page: { readonly host: string; readonly root: string },
  serverAddress: string,
  configuration: Configuration,
  path = '/',
): Promise<Nginx> {
  return startNginx((own) => {
    if (configuration === 'the client image')
      return clientConfiguration({ own, root: page.root, serverAddress, resolver: '127.0.0.1' });
    const location = EXAMPLE!.replace('127.0.0.1:3000', page.host).replace('location /', `location ${path}`);
    return `server { listen 127.0.0.1:${own}; ${location} }`;
  });
}

/** The configuration of the client's image, as the image renders it at its start, for an nginx on this machine. */
export function clientConfiguration(values: {
  /** Port to listen on. */
  own: number;
  /** Folder of the page. */
  root: string;
  serverAddress: string;
  /** Address of the name server. */
  resolver: string;
}): string {
  const variables: Record<string, string> = {
    SERVER_ADDRESS: values.serverAddress,
    SERVER_URL: '',
    NGINX_LOCAL_RESOLVERS: values.resolver,
  };
  return (
    readFileSync('client/nginx/herald.conf.template', 'utf8')
      // Standard error may be a socket here, which has no path to open.
      .replaceAll('/dev/stderr', 'stderr')
      .replace(/\$\{([A-Z_]+)\}/g, (_, name: string) => variables[name]!)
      .replace('listen 3000;', `listen 127.0.0.1:${values.own};`)
      .replace('/dev/stdout herald', 'off')
      .replace('/usr/share/nginx/html', values.root)
  );
}

/** @param configuration returns the `http` block for the port to listen on */
export async function startNginx(configuration: (own: number) => string): Promise<Nginx> {
  const folder = await mkdtemp(join(tmpdir(), 'nginx-'));
  const own = await freePort();
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${folder}/${name};`)
    .join(' ');
  const http = `access_log off; ${temporary} ${configuration(own)}`;
  await writeFile(
    join(folder, 'nginx.conf'),
    `pid ${folder}/pid; error_log stderr emerg; daemon off; master_process off; events {} http { ${http} }`,
  );
  const process = spawn(NGINX, ['-p', folder, '-c', 'nginx.conf', '-e', 'stderr'], { stdio: 'inherit' });
  running.add(process);
  process.once('exit', () => running.delete(process));
  await Promise.race([
    listening(own),
    once(process, 'exit').then(() => Promise.reject(new Error('nginx ended; see above'))),
  ]);
  return {
    host: `127.0.0.1:${own}`,
    async stop() {
      process.kill();
      await once(process, 'exit');
      await rm(folder, { recursive: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

async function listening(port: number): Promise<void> {
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    try {
      await once(socket, 'connect');
      socket.destroySoon();
      return;
    } catch {
      await setTimeout(20);
    }
  }
}
