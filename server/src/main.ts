import 'reflect-metadata';
import cluster from 'node:cluster';
import { readEnvironment } from './config/read-environment.js';
import { fail } from './leaving.js';

async function run(): Promise<void> {
  // The store has private texts and hashes of passwords: its files are for this account only.
  process.umask(0o077);
  const environment = readEnvironment();
  // A process loads only its own part: the primary one of several workers stays small.
  if (environment.WORKERS > 1 && cluster.isPrimary) {
    const { Workers } = await import('./workers.js');
    new Workers(environment).start();
  } else {
    const { serve } = await import('./serve.js');
    await serve(environment);
  }
}

run().catch(fail);
