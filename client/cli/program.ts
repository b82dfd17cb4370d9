import { Command, CommanderError } from 'commander';
import { addKeyCommands } from './accounts/key-commands.ts';
import { addLoginCommands } from './accounts/login-commands.ts';
import { addUserCommands } from './accounts/user-commands.ts';
import { addCheck } from './check/check-command.ts';
import { EXIT } from './exit-codes.ts';
import { failureOf } from './failure.ts';
import { addListen } from './listen/listen-command.ts';
import { addRun } from './run/run-command.ts';
import { addSend } from './send/send-command.ts';
import { tell } from './standard-output.ts';

/** The version of package.json. */
export const VERSION = '0.1.0';

const HELP = `
Variables:
  HERALD_URL   address of the server; without it that of the last \`herald login\`, or http://localhost:8000
  HERALD_KEY   key of an app; without it the last \`herald login\` is used

Exit codes:
  0 done   1 failed   2 wrong usage   3 refused   4 no or no valid key or sign-in   5 no answer   6 busy`;

function programOf(): Command {
  const program = new Command('herald')
    .description('Send and receive notifications of a Herald server.')
    .version(VERSION)
    .addHelpText('after', HELP)
    .showHelpAfterError('(--help lists what there is)')
    // Commands that are added below inherit it.
    .exitOverride()
    // `run make -j4` leaves -j4 to make.
    .enablePositionalOptions();
  addSend(program);
  addRun(program);
  addListen(program);
  addLoginCommands(program);
  addKeyCommands(program);
  addUserCommands(program);
  addCheck(program);
  return program;
}

/**
 * Runs a command line, and tells on stderr why it failed.
 * @param args without the program
 * @returns the exit code
 */
export async function runCommandLine(args: readonly string[]): Promise<number> {
  try {
    await programOf().parseAsync(args, { from: 'user' });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    // Commander has said why, or has shown its help.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT.usage;
    const { exitCode, message } = failureOf(error);
    tell(message);
    return exitCode;
  }
}
