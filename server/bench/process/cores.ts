import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

const SERVER_CORE = '0';
const CLIENT_CORE = '1';
const BOTH_CORES = '0,1';

/** Whether servers and clients run on separate cores; needs two cores and `taskset`. */
export const isPinned = availableParallelism() > 1 && spawnSync('taskset', ['--version']).status === 0;

/** Pins this process, with its load clients, to the clients' core. */
export function pinClients(): void {
  if (isPinned) spawnSync('taskset', ['-a', '-c', '-p', CLIENT_CORE, String(process.pid)]);
}

/** Lets a process that this one has started run on both cores. */
export function allowBothCores(pid: number): void {
  if (isPinned) spawnSync('taskset', ['-a', '-c', '-p', BOTH_CORES, String(pid)]);
}

/** The command that runs `node` with these arguments on the servers' core. */
export function onServerCore(args: readonly string[]): [command: string, args: string[]] {
  return onCores(SERVER_CORE, args);
}

/** The command that runs `node` with these arguments on both cores. */
export function onBothCores(args: readonly string[]): [command: string, args: string[]] {
  return onCores(BOTH_CORES, args);
}

function onCores(cores: string, args: readonly string[]): [command: string, args: string[]] {
  if (!isPinned) return [process.execPath, [...args]];
  return ['taskset', ['-c', cores, process.execPath, ...args]];
}
