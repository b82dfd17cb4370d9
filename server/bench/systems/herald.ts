import type { LoginAnswer } from '@herald/protocol';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { HeraldDialect } from '../load/herald-dialect.js';
import { residentKb } from '../process/accounting.js';
import { ServerProcess } from '../process/server-process.js';
import type { HeraldSystem } from './system.js';

/** Herald as it ships: the command of `npm start`, in the project's folder, with the same Node options. */
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { start: string } };
const [, ...START] = scripts.start.split(' ');
/** All clients share one user and one machine, and programs send without a pause. Only the caps on that differ from the defaults. */
const CAPS = {
  SENDS_PER_SECOND_PER_USER: '1000000',
  MAX_CONNECTIONS_PER_USER: '20000',
  MAX_CONNECTIONS_PER_ADDRESS: '20000',
  MAX_HTTP_CONNECTIONS_PER_ADDRESS: '20000',
};
const START_WITHIN_MS = 30_000;
const LOOK_EVERY_MS = 100;
/** Often enough to tell how long a start takes. */
const READY_LOOK_EVERY_MS = 10;

/** @param databaseUrl of its store */
export async function startHerald(databaseUrl = 'memory:'): Promise<HeraldSystem> {
  const port = await freePort();
  return systemOf(ServerProcess.start(START, variables(port, databaseUrl)), port);
}

/** Starts some servers with one database, on both cores. */
export async function startNodes(count: number, databaseUrl: string): Promise<HeraldSystem[]> {
  const start = async (): Promise<HeraldSystem> => {
    const port = await freePort();
    return systemOf(ServerProcess.startOnBothCores(START, variables(port, databaseUrl)), port);
  };
  return Promise.all(Array.from({ length: count }, start));
}

/** Time and memory of a start until the server is ready. */
export interface StartCost {
  readonly ms: number;
  readonly residentKb: number;
}

/** Starts a server on both cores, and stops it once `/health/ready` answers 200. */
export async function costOfStart(databaseUrl: string): Promise<StartCost> {
  const port = await freePort();
  const begin = performance.now();
  const server = ServerProcess.startOnBothCores(START, variables(port, databaseUrl));
  try {
    await answer(`http://127.0.0.1:${port}/health/ready`, {}, READY_LOOK_EVERY_MS);
    return { ms: performance.now() - begin, residentKb: residentKb(server.pid) };
  } finally {
    await server.stop();
  }
}

function variables(port: number, databaseUrl: string): NodeJS.ProcessEnv {
  return {
    PORT: String(port),
    UI_PORT: '0',
    HOST: '127.0.0.1',
    DATABASE_URL: databaseUrl,
    SECRET_KEY: 'the same secret for all servers of the benchmark',
    ...CAPS,
  };
}

async function systemOf(server: ServerProcess, port: number): Promise<HeraldSystem> {
  const token = await signIn(port);
  return {
    name: 'Herald',
    pid: server.pid,
    port,
    token,
    dialect: new HeraldDialect(token),
    publishPath: '/api/notifications/send',
    publishHeaders: [`Authorization: Bearer ${token}`],
    stop: () => server.stop(),
  };
}

/** Signs in as soon as the server answers. */
async function signIn(port: number): Promise<string> {
  const body = JSON.stringify({ username: 'admin', password: 'password' });
  const request = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body };
  const response = await answer(`http://127.0.0.1:${port}/api/auth/login`, request, LOOK_EVERY_MS);
  return ((await response.json()) as LoginAnswer).access_token;
}

/** The first answer 2xx to a request that is repeated until then. @throws Error after `START_WITHIN_MS` */
async function answer(url: string, request: RequestInit, everyMs: number): Promise<Response> {
  const giveUpAt = Date.now() + START_WITHIN_MS;
  while (Date.now() < giveUpAt) {
    const response = await fetch(url, request).catch(() => undefined);
    if (response?.ok) return response;
    await delay(everyMs);
  }
  throw new Error(`Herald did not start within ${START_WITHIN_MS} ms`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
