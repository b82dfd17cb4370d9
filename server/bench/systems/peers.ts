import { fileURLToPath } from 'node:url';
import type { Dialect } from '../load/dialect.js';
import { PlainDialect } from '../load/plain-dialect.js';
import { SocketIoDialect } from '../load/socket-io-dialect.js';
import { PUBLISH_PATH } from '../peers/publish-endpoint.js';
import { ServerProcess } from '../process/server-process.js';
import type { System, SystemName } from './system.js';

export const startWsLoop = (): Promise<System> => start('ws loop', 'ws-loop.js', new PlainDialect());
export const startNest = (): Promise<System> => start('stock Nest', 'nest.js', new PlainDialect());
export const startSocketIo = (): Promise<System> => start('Socket.IO', 'socket-io.js', new SocketIoDialect());

async function start(name: SystemName, script: string, dialect: Dialect): Promise<System> {
  const server = ServerProcess.start([fileURLToPath(new URL(`../peers/${script}`, import.meta.url))]);
  const port = (await server.message()) as number;
  const stop = (): Promise<void> => server.stop();
  return { name, pid: server.pid, port, dialect, publishPath: PUBLISH_PATH, publishHeaders: [], stop };
}
