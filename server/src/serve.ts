import { Logger } from '@nestjs/common';
import cluster from 'node:cluster';
import { setTimeout as wait } from 'node:timers/promises';
import { announce } from './announce.js';
import type { Environment } from './config/environment.js';
import { fail, leave } from './leaving.js';
import { type StartedHerald, startHerald } from './start.js';

/** Time that requests in flight have to finish once the listeners close. */
const STOP_WITHIN_MS = 10_000;

/** Serves in this process until it is asked to stop. A worker reports to the primary process that it has started. */
export async function serve(environment: Environment): Promise<void> {
  const herald = await startHerald(environment);
  stopWhenAsked(herald, environment.DRAIN_SECONDS);
  const log = new Logger('Herald');
  if (cluster.isPrimary) {
    announce(log, environment, herald.announcement);
  } else {
    log.log(`Ready as process ${process.pid}`);
    process.send?.(herald.announcement);
  }
}

/**
 * The first signal drains and stops the server in good order, a second one ends the process at once. An uncaught error,
 * in a timer for example, is logged and stops the server without a drain: clients get a `bye`, and the exit code is 1.
 */
function stopWhenAsked(herald: StartedHerald, drainSeconds: number): void {
  let isStopping = false;
  const stop = (seconds: number): void => {
    isStopping = true;
    void drainAndStop(herald, seconds).catch(fail).finally(leave);
  };
  const stopInOrder = (): void => {
    if (!isStopping) stop(drainSeconds);
    // Ctrl-C reaches a worker twice, from the terminal and from the primary process. That one counts the signals.
    else if (cluster.isPrimary) process.exit(1);
  };
  process.on('SIGTERM', stopInOrder).on('SIGINT', stopInOrder);
  // Node emits it for unhandled rejections, too.
  process.on('uncaughtException', (error) => {
    process.exitCode = 1;
    new Logger('Herald').error(error);
    if (isStopping) process.exit(1);
    stop(0);
  });
}

/** Lets load balancers see for a while that the server is about to stop, before it stops. */
async function drainAndStop({ drain, stop }: StartedHerald, seconds: number): Promise<void> {
  if (seconds > 0) {
    drain();
    new Logger('Herald').log(`Stopping in ${seconds} s; a second signal ends the server at once`);
    await wait(seconds * 1000);
  }
  setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
  await stop();
}
