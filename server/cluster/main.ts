import { Cluster } from './cluster.ts';
import { findPostgres, installPostgres } from './find-postgres.ts';

/**
 * `npm run cluster`: PostgreSQL, three servers and a balancer on this machine, until Ctrl-C. PORT and UI_PORT are those
 * of the balancer, and the nodes have the next ones.
 */
async function run(): Promise<void> {
  if (findPostgres() === undefined) installPostgres();
  const programs = findPostgres();
  if (programs === undefined) {
    throw new Error(
      'PostgreSQL is not installed: get it by `sudo apt-get install postgresql`, or by `brew install postgresql`',
    );
  }
  const cluster = new Cluster(programs);
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, resolve);
  });
  const started = cluster.start(process.argv.slice(2), {
    api: Number(process.env['PORT'] ?? 8000),
    page: Number(process.env['UI_PORT'] ?? 3000),
  });
  const running = started.then(async (lines) => {
    console.log(['', ...lines, 'Ctrl-C stops everything, and removes the database.', ''].join('\n'));
    await stopped;
  });
  try {
    await Promise.race([running, stopped]);
  } finally {
    // If it was asked to stop while it starts, the start fails.
    running.catch(() => undefined);
    await cluster.stop();
  }
}

run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
