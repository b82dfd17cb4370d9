import type { FastifyInstance } from 'fastify';
import type { AddressInfo } from 'node:net';

/**
 * Connections that the kernel holds until the server accepts them; fewer if `net.core.somaxconn` is lower.
 * Node's 511 are too few when all clients reconnect after a restart: the kernel drops the rest, and TCP retries only
 * after 1, 3 and 7 s.
 */
const ACCEPT_QUEUE = 4096;

/** The server can't listen on the configured address; the message names the variable to change. */
export class ListenError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ListenError';
  }
}

/**
 * @param port 0: any free port
 * @returns the actual port
 * @throws ListenError for a problem that the operator can solve
 */
export async function listen(
  server: FastifyInstance,
  variable: 'PORT' | 'UI_PORT',
  port: number,
  host: string,
): Promise<number> {
  try {
    await server.listen({ port, host, backlog: ACCEPT_QUEUE });
    return (server.server.address() as AddressInfo).port;
  } catch (error) {
    throw describe(error, variable, port, host);
  }
}

function describe(error: unknown, variable: string, port: number, host: string): unknown {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EADDRINUSE':
      return new ListenError(`${variable}: port ${port} is taken; stop what uses it, or set ${variable} to another`);
    case 'EACCES':
      return new ListenError(`${variable}: port ${port} needs privileges; set ${variable} to one above 1023`);
    case 'EADDRNOTAVAIL':
    case 'EAFNOSUPPORT':
    case 'EAI_AGAIN':
    case 'EINVAL':
    case 'ENOTFOUND':
      return new ListenError(`HOST: ${host} is not an address of this machine`);
    default:
      return error;
  }
}
