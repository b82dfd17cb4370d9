import { cpuTime } from './accounting.js';

/** What a stretch of time cost on both sides. */
export interface Cost {
  seconds: number;
  serverCpuMicros: number;
  /** Of them in the kernel. */
  serverKernelMicros: number;
  /** CPU time by time passed, of the server and of the load clients: 1 is a whole core. */
  serverShare: number;
  clientShare: number;
}

/** Measures the CPU time that a server, and this process with its clients, use while `work` runs. */
export async function costOf(serverPid: number, work: () => Promise<void>): Promise<Cost> {
  const startedAt = performance.now();
  const [server, client] = [cpuTime(serverPid), cpuTime(process.pid)];
  await work();
  const seconds = (performance.now() - startedAt) / 1000;
  const [serverAfter, clientAfter] = [cpuTime(serverPid), cpuTime(process.pid)];
  const serverCpuMicros = serverAfter.micros - server.micros;
  const serverKernelMicros = serverAfter.kernelMicros - server.kernelMicros;
  const share = (micros: number): number => micros / 1e6 / seconds;
  const [serverShare, clientShare] = [share(serverCpuMicros), share(clientAfter.micros - client.micros)] as const;
  return { seconds, serverCpuMicros, serverKernelMicros, serverShare, clientShare };
}
