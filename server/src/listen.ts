import type { FastifyInstance } from 'fastify';

/** The server can't listen where the environment says; the message names the variable to change. */
export class ListenError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ListenError';
  }
}

/** @throws ListenError for what the operator can mend */
export async function listen(
  server: FastifyInstance,
  variable: 'PORT' | 'UI_PORT',
  port: number,
  host: string,
): Promise<void> {
  try {
    await server.listen({ port, host });
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
    case 'ENOTFOUND':
      return new ListenError(`HOST: ${host} is not an address of this machine`);
    default:
      return error;
  }
}
