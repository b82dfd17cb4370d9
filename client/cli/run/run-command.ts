import type { Command } from 'commander';
import { Access } from '../access/access.ts';
import { failureOf } from '../failure.ts';
import { completed } from '../send/draft.ts';
import { IdempotencyKey } from '../send/idempotency-key.ts';
import { addSharedOptions, type DraftOptions, fieldsOf } from '../send/options.ts';
import { tell } from '../standard-output.ts';
import { exitCodeOf, type Outcome } from './outcome.ts';
import { hasSucceeded, reportOf } from './report.ts';
import { runChild } from './run-child.ts';

interface RunOptions extends DraftOptions {
  onlyFailure?: true;
  /** False with `--no-output`. */
  output: boolean;
  tries: number;
}

export function addRun(program: Command): void {
  addSharedOptions(program.command('run').description('run a command, and send how it ended'))
    .argument('<command...>', 'the command and its arguments, best after --')
    .option('-t, --title <name>', 'name of the command in the title; without it the program')
    .option('--only-failure', 'send nothing if the command succeeds')
    .option('--no-output', 'leave the terminal to the command; the message then has no lines of its output')
    .passThroughOptions()
    .action(run);
}

async function run(command: string[], { onlyFailure, output, tries, ...options }: RunOptions): Promise<void> {
  const outcome = await runChild(command, output);
  // Herald must not get in the way: the exit code is that of the command, whatever becomes of the notification.
  process.exitCode = exitCodeOf(outcome);
  if ('error' in outcome.end) tell(`${command[0] ?? ''} can't be started: ${outcome.end.error.message}`);
  if (onlyFailure && hasSucceeded(outcome)) return;
  await report(outcome, command[0] ?? '', options, tries).catch((error: unknown) => {
    tell(`The notification was not sent: ${failureOf(error).message}`);
  });
}

async function report(
  outcome: Outcome,
  program: string,
  { title, ...options }: DraftOptions,
  tries: number,
): Promise<void> {
  const access = new Access(process.env);
  const fields = { ...fieldsOf(options), ...reportOf(outcome, program, title, access.key) };
  const draft = completed(fields, access.key !== undefined);
  await new IdempotencyKey(undefined).once((name) => access.api.send(draft, name), tries);
}
