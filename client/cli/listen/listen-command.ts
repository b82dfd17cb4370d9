import type { Priority } from '@herald/protocol';
import { type Command, Option } from 'commander';
import { Access } from '../access/access.ts';
import { stateFolder } from '../access/folders.ts';
import { priorityOf } from '../send/priorities.ts';
import { print } from '../standard-output.ts';
import type { Received } from './backlog.ts';
import { execute } from './execute.ts';
import { prettyLines } from './lines.ts';
import { Listener } from './listener.ts';
import { StateFile } from './state-file.ts';
import { untilDone } from './until-done.ts';

interface ListenOptions {
  json?: true;
  exec?: string;
  state?: string;
  min?: Priority;
  topic?: string;
}

export function addListen(program: Command): void {
  program
    .command('listen')
    .description('print notifications as they come, or run a command for each of them')
    .option('--min <priority>', 'lowest priority: high, medium or low', priorityOf)
    .option('--topic <name>', 'only those that were sent to this topic')
    .option('--exec <command>', 'run it by sh for each notification, with HERALD_TITLE … and JSON on its stdin')
    .addOption(new Option('--json', 'print a line of JSON for each').conflicts('exec'))
    .option('--state <file>', 'file that remembers what is done, to go on there after a restart')
    .action(listen);
}

async function listen({ json, exec, state, min, topic }: ListenOptions): Promise<void> {
  const access = new Access(process.env);
  const token = await access.token();
  const file = stateFileOf(access, exec, state);
  await file?.claim();
  const handle = exec === undefined ? printAs(json ? JSON.stringify : prettyLines) : executeUntilDone(exec);
  const filter = { ...(min && { min }), ...(topic !== undefined && { topic }) };
  const listener = new Listener({ access, filter, state: file, savesEach: exec !== undefined, handle }, token);
  // The second signal ends the process at once.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => listener.stop());
  await listener.run();
}

/** Lines on a terminal begin now. A command must not miss anything, so it always has a file. */
function stateFileOf(access: Access, exec: string | undefined, file: string | undefined): StateFile | null {
  if (file !== undefined) return new StateFile(file);
  return exec === undefined ? null : StateFile.ofServer(access.server, stateFolder(process.env));
}

/** Prints notifications until nobody reads any more. */
function printAs(format: (notification: Received) => string) {
  return (notification: Received): Promise<boolean> => print(format(notification));
}

/** Runs the command again until it succeeds. */
function executeUntilDone(command: string) {
  return (notification: Received, stop: AbortSignal): Promise<boolean> =>
    untilDone(async () => {
      const failure = await execute(command, notification);
      return failure === undefined ? undefined : `The command ${failure} for ${notification.id}`;
    }, stop);
}
