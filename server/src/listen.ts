import type { FastifyInstance } from 'fastify';
import type { AddressInfo } from 'node:net';

/** The server can't listen where the environment says; the message names the variable to change. */
export class ListenError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ListenError';
  }
}

/**
 * @param port 0: one that is free
 * @returns the port that it listens on
 * @throws ListenError for what the operator can mend
 */
export async function listen(
  server: FastifyInstance,
  variable: 'PORT' | 'UI_PORT',
  port: number,
  host: string,
): Promise<number> {
  try {
    await server.listen({ port, host });
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
