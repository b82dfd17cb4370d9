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
  const [user, kernel] = ticksOf(pid).map((ticks) => ticks * TICK_MICROS) as [number, number];
  return { micros: user + kernel, kernelMicros: kernel };
}

/** CPU time of a process and of its children, those that have ended included, in microseconds. */
export function familyCpuMicros(pid: number): number {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  const ticks = [...ticksOf(pid), ...children.flatMap((child) => ticksOf(child).slice(0, 2))];
  return ticks.reduce((sum, some) => sum + some, 0) * TICK_MICROS;
}

/** Resident memory of a process, in KB. */
export function residentKb(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]);
}

/** Ticks of a process, and of its children that have ended: of each for the user and for the kernel. */
function ticksOf(pid: number): number[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The second field is the program's name in parentheses, which may contain spaces.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields.slice(11, 15).map(Number);
}
