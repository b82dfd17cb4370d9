import type { LoginAnswer } from '@herald/protocol';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { HeraldDialect } from '../load/herald-dialect.js';
import { ServerProcess } from '../process/server-process.js';
import type { HeraldSystem } from './system.js';

/** Herald as it ships: the command of `npm start`, in the project's folder, with the same Node options. */
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { start: string } };
const [, ...START] = scripts.start.split(' ');
/** All clients share one user and one machine. Only the caps on that differ from the defaults. */
const CAPS = {
  MAX_CONNECTIONS_PER_USER: '20000',
  MAX_CONNECTIONS_PER_ADDRESS: '20000',
  MAX_HTTP_CONNECTIONS_PER_ADDRESS: '20000',
};
const START_WITHIN_MS = 30_000;
const LOOK_EVERY_MS = 100;

/** @param databaseUrl of its store */
export async function startHerald(databaseUrl = 'memory:'): Promise<HeraldSystem> {
  const port = await freePort();
  const server = ServerProcess.start(START, {
    PORT: String(port),
    UI_PORT: '0',
    HOST: '127.0.0.1',
    DATABASE_URL: databaseUrl,
    ...CAPS,
  });
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
  const giveUpAt = Date.now() + START_WITHIN_MS;
  while (Date.now() < giveUpAt) {
    const answer = await fetch(`http://127.0.0.1:${port}/api/auth/login`, request).catch(() => undefined);
    if (answer?.ok) return ((await answer.json()) as LoginAnswer).access_token;
    await delay(LOOK_EVERY_MS);
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
