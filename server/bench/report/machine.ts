import { cpus, release, totalmem } from 'node:os';
import { isPinned } from '../process/cores.js';

/** Date and machine of a run, without which its figures mean nothing. */
export function machine(): string {
  const cores = cpus();
  const memory = `${Math.round(totalmem() / 2 ** 30)} GB`;
  const date = new Date().toISOString().slice(0, 10);
  return `${date}, ${cores.length} × ${cores[0]?.model.trim() ?? 'unknown CPU'}, ${memory}, Linux ${release().split('-', 1)[0] ?? ''}, Node ${process.versions.node}`;
}

export function placement(): string {
  return isPinned
    ? 'Each server has core 0 for itself, the load clients share core 1.'
    : 'Servers and load clients are NOT on cores of their own: this needs two cores and taskset.';
}
