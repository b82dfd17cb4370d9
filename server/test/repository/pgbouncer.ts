import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { freePort } from '../chaos/server-process.js';
import { postgresAccount } from '../../cluster/private-postgres.js';
import { describeWithPostgres, type PostgresServer } from './postgres-server.js';

const PROGRAM = '/usr/sbin/pgbouncer';

const running = new Set<ChildProcess>();
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
});

/** Describes tests that need PostgreSQL and PgBouncer. Without one of them they are skipped, and the name says so. */
export function describeWithPgBouncer(name: string, tests: () => void): void {
  if (existsSync(PROGRAM)) describeWithPostgres(name, tests);
  else describe.skip(`${name} (PgBouncer is not installed here)`, tests);
}

/** A pooler that gives a connection to another client after each transaction. */
export class PgBouncer {
  private constructor(private readonly port: number) {}

  static async start(server: PostgresServer): Promise<PgBouncer> {
    const pooler = new PgBouncer(await freePort());
    const file = join(server.folder, 'pgbouncer.ini');
    const users = join(server.folder, 'users.txt');
    writeFileSync(users, '"herald" ""\n');
    writeFileSync(
      file,
      `[databases]\n* = host=${server.folder} user=herald\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = ${pooler.port}\n` +
        `unix_socket_dir =\nauth_type = any\npool_mode = transaction\nauth_file = ${users}\n`,
    );
    const child = spawn(PROGRAM, ['-q', file], { ...postgresAccount(), stdio: 'ignore' });
    running.add(child);
    while (!(await answers(pooler.port))) await setTimeout(20);
    return pooler;
  }

  url(database: string): string {
    return `postgres://herald@127.0.0.1:${this.port}/${database}`;
  }
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
