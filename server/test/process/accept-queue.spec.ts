import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { portOf, spawnMain } from './spawn-main.js';

/** Twice what Node's own default holds. */
const RETURNING = 1000;
const SYSTEM_LIMIT = Number(readFileSync('/proc/sys/net/core/somaxconn', 'utf8'));
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
