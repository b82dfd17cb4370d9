import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import { setTimeout as wait } from 'node:timers/promises';
import { type Environment, envFileWarnings, EnvironmentError, readEnvironment } from './config/environment.js';
import { ListenError } from './listen.js';
import { StoreError } from './repository/store-errors.js';
import { type StartedHerald, startHerald } from './start.js';

/** Time that requests in flight have to finish once the listeners close. */
const STOP_WITHIN_MS = 10_000;
/** Time that a stopped process waits for unread log lines. */
const LEAVE_WITHIN_MS = 1000;

async function run(): Promise<void> {
  // The store has private texts and hashes of passwords: its files are for this account only.
  process.umask(0o077);
  const environment = readEnvironment();
  const warnings = envFileWarnings();
  const herald = await startHerald(environment);
  stopWhenAsked(herald, environment.DRAIN_SECONDS);
  announce(environment, herald);
  for (const warning of warnings) new Logger('Herald').warn(warning);
}

/**
 * The first signal drains and stops the server in good order, a second one ends the process at once. An uncaught error,
 * in a timer for example, is logged and stops the server without a drain: clients get a `bye`, and the exit code is 1.
 */
function stopWhenAsked(herald: StartedHerald, drainSeconds: number): void {
  let isStopping = false;
  const stop = (seconds: number): void => {
    if (isStopping) process.exit(1);
    isStopping = true;
    void drainAndStop(herald, seconds).catch(fail).finally(leave);
  };
  const stopInOrder = (): void => stop(drainSeconds);
  process.on('SIGTERM', stopInOrder).on('SIGINT', stopInOrder);
  // Node emits it for unhandled rejections, too.
  process.on('uncaughtException', (error) => {
    process.exitCode = 1;
    new Logger('Herald').error(error);
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

/** Ends the process after a second, in case something still keeps it alive. */
function leave(): void {
  setTimeout(() => process.exit(), LEAVE_WITHIN_MS).unref();
}

function announce(environment: Environment, { port, place, hasPage }: StartedHerald): void {
  const log = new Logger('Herald');
  log.log(`Store ${place}`);
  log.log(`API and WebSocket on http://localhost:${port}`);
  log.log(`Swagger UI on http://localhost:${port}/docs`);
  if (hasPage) log.log(`Page on http://localhost:${environment.UI_PORT}${environment.BASE_PATH}`);
  if (environment.isDemoExposed) {
    log.warn(
      'Others can reach this server, and its password or its secret is known to everyone; set ADMIN_PASSWORD and SECRET_KEY',
    );
  }
}

/** Prints problems that the operator can fix as one line each, and any other error with its stack. */
function fail(error: unknown): void {
  const isForOperator = [EnvironmentError, ListenError, StoreError].some((known) => error instanceof known);
  console.error(isForOperator ? (error as Error).message : error);
  process.exitCode = 1;
  leave();
}

run().catch(fail);
