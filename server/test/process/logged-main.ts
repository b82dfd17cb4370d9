import { LISTENING, spawnMain } from './spawn-main.js';

export interface LoggedMain {
  readonly host: string;
  /** Stops the server. @returns everything that it has written */
  stop(): Promise<string>;
}

/** Runs main.ts in a process of its own, which logs every request, and keeps what it writes. */
export async function startLoggedMain(variables: NodeJS.ProcessEnv = {}): Promise<LoggedMain> {
  const child = spawnMain({ variables: { PORT: '0', LOG_LEVEL: 'debug', ...variables } });
  let output = '';
  const port = await new Promise<string>((resolve, reject) => {
    child.once('exit', () => reject(new Error(output)));
    for (const stream of [child.stdout!, child.stderr!])
      stream.on('data', (chunk) => {
        output += String(chunk);
        const [, found] = LISTENING.exec(output) ?? [];
        if (found !== undefined) resolve(found);
      });
  });
  return {
    host: `127.0.0.1:${port}`,
    async stop() {
      child.kill('SIGTERM');
      await new Promise((resolve) => child.once('close', resolve));
      return output;
    },
  };
}
