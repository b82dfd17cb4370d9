import { readFileSync } from 'node:fs';

/** State of a connection that neither side has closed. */
const ESTABLISHED = '01';

/**
 * Bytes that the kernel buffers for connections to a server's port, by the client's port: sent by the server and not
 * acknowledged by TCP, or received and not read by the client (proc_net_tcp(5)). Covers only connections that neither
 * side has closed.
 */
export function bytesInFlight(serverPort: number): Map<number, number> {
  const inFlight = new Map<number, number>();
  for (const line of readFileSync('/proc/net/tcp', 'utf8').split('\n').slice(1)) {
    const [, local = '', remote = '', state, queues = ''] = line.trim().split(/\s+/);
    if (state !== ESTABLISHED) continue;
    const [sending = 0, received = 0] = queues.split(':').map((hex) => parseInt(hex, 16));
    const count = (clientPort: number, bytes: number): unknown =>
      inFlight.set(clientPort, (inFlight.get(clientPort) ?? 0) + bytes);
    if (portOf(local) === serverPort) count(portOf(remote), sending);
    if (portOf(remote) === serverPort) count(portOf(local), received);
  }
  return inFlight;
}

function portOf(address: string): number {
  return parseInt(address.split(':')[1] ?? '', 16);
}
