import { cpuTime } from './accounting.js';

/** Cost of a period on both sides. */
export interface Cost {
  seconds: number;
  serverCpuMicros: number;
  /** Share of the kernel. */
  serverKernelMicros: number;
  /** CPU time of the server and of the load clients, divided by elapsed time: 1 is a whole core. */
  serverShare: number;
  clientShare: number;
}

/** Measures the CPU time of a server, and of this process with its clients, while `work` runs. */
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
