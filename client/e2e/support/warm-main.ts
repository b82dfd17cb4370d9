import { pathToFileURL } from 'node:url';
import { DIST } from './project.ts';

/**
 * A process that loads the built server once and runs it for one test after another. A message with an environment
 * starts it; the message `close` stops it and is answered with `closed`. A signal stops the server and ends the
 * process.
 */
interface Started {
  stop: () => Promise<void>;
}

/** The part of the build used here; its types don't exist before the build. */
interface Start {
  startHerald: (environment: unknown) => Promise<Started>;
}

const server = pathToFileURL(`${DIST}/server/src/`);
const { startHerald } = (await import(new URL('start.js', server).href)) as Start;
const { readEnvironment } = (await import(new URL('config/read-environment.js', server).href)) as {
  readEnvironment: () => unknown;
};

let herald: Started | undefined;

process.on('message', (message: 'close' | NodeJS.ProcessEnv) => {
  (message === 'close' ? close() : start(message)).catch(fail);
});
process.on('SIGTERM', leave).on('SIGINT', leave);
// The parent worker has exited.
process.on('disconnect', () => process.exit());

async function start(environment: NodeJS.ProcessEnv): Promise<void> {
  process.env = environment;
  herald = await startHerald(readEnvironment());
}

async function close(): Promise<void> {
  await herald?.stop();
  process.send!('closed');
}

function leave(): void {
  (herald?.stop() ?? Promise.resolve()).then(() => process.exit(), fail);
}

function fail(error: unknown): void {
  console.error(error);
  process.exit(1);
}
