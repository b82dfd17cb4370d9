import { readFileSync } from 'node:fs';

/** USER_HZ is 100 on every Linux that Node runs on. */
const TICK_MICROS = 10_000;

export interface CpuTime {
  micros: number;
  /** Share of the kernel. */
  kernelMicros: number;
}

/** CPU time of all threads of a process, as the kernel accounts it (proc(5)). */
export function cpuTime(pid: number): CpuTime {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The second field is the program's name in parentheses, which may contain spaces.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [user, kernel] = [fields[11], fields[12]].map((ticks) => Number(ticks) * TICK_MICROS) as [number, number];
  return { micros: user + kernel, kernelMicros: kernel };
}

/** Resident memory of a process, in KB. */
export function residentKb(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]);
}
