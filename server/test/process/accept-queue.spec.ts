import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { portOf, spawnMain } from './spawn-main.js';

/** More than the 511 of Node's default backlog. */
const RETURNING = 700;
const LIMIT_FILE = '/proc/sys/net/core/somaxconn';
const SYSTEM_LIMIT = existsSync(LIMIT_FILE) ? Number(readFileSync(LIMIT_FILE, 'utf8')) : 0;
const isTooSmall = SYSTEM_LIMIT < RETURNING;

let sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets) socket.destroy();
});

(isTooSmall ? test.skip : test)(
  `${RETURNING} clients that return at once are connected while the server is busy${isTooSmall ? ` (net.core.somaxconn is ${SYSTEM_LIMIT} here)` : ''}`,
  async () => {
    const child = spawnMain({ variables: { PORT: '0' } });
    const port = await portOf(child);
    child.kill('SIGSTOP');
    sockets = Array.from({ length: RETURNING }, () => connect(port, '127.0.0.1').on('error', () => undefined));
    await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  },
);
