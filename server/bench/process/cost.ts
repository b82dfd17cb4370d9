import { cpuMicros } from './accounting.js';

/** What a stretch of time cost on both sides. */
export interface Cost {
  seconds: number;
  serverCpuMicros: number;
  /** CPU time by time passed, of the server and of the load clients: 1 is a whole core. */
  serverShare: number;
  clientShare: number;
}

/** Measures the CPU time that a server, and this process with its clients, use while `work` runs. */
export async function costOf(serverPid: number, work: () => Promise<void>): Promise<Cost> {
  const startedAt = performance.now();
  const [server, client] = [cpuMicros(serverPid), cpuMicros(process.pid)];
  await work();
  const seconds = (performance.now() - startedAt) / 1000;
  const serverCpuMicros = cpuMicros(serverPid) - server;
  const clientCpuMicros = cpuMicros(process.pid) - client;
  const share = (micros: number): number => micros / 1e6 / seconds;
  return { seconds, serverCpuMicros, serverShare: share(serverCpuMicros), clientShare: share(clientCpuMicros) };
}
