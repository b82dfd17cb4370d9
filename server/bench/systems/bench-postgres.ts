import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findPostgres } from '../../cluster/find-postgres.js';
import { PrivatePostgres } from '../../cluster/private-postgres.js';
import { familyCpuMicros } from '../process/accounting.js';
import { allowBothCores } from '../process/cores.js';

/** A new PostgreSQL with its default settings. It shares both cores with servers and load clients. */
export class BenchPostgres extends PrivatePostgres {
  readonly #kill = (): void => {
    process.kill(this.#pid, 'SIGQUIT');
    rmSync(this.folder, { recursive: true, force: true });
  };

  /** @throws Error if PostgreSQL is not installed */
  static async start(): Promise<BenchPostgres> {
    const programs = findPostgres();
    if (programs === undefined) throw new Error('PostgreSQL is not installed, for instance by apt-get');
    const postgres = new BenchPostgres(programs);
    postgres.initialise();
    await postgres.run();
    // Ensures that an interrupted or failed benchmark leaves none running.
    process.once('exit', postgres.#kill);
    allowBothCores(postgres.#pid);
    return postgres;
  }

  /** CPU time of all its processes so far. */
  get cpuMicros(): number {
    return familyCpuMicros(this.#pid);
  }

  override async remove(): Promise<void> {
    process.off('exit', this.#kill);
    await super.remove();
  }

  get #pid(): number {
    return Number(readFileSync(join(this.data, 'postmaster.pid'), 'utf8').split('\n', 1)[0]);
  }
}
