import type { Command } from 'commander';
import { Access } from '../access/access.ts';
import { tell } from '../standard-output.ts';
import { ask, askSecret } from './ask.ts';

export function addLoginCommands(program: Command): void {
  program
    .command('login')
    .description('sign in, and keep the sign-in for later commands')
    .argument('[server]', 'address of the server; without it HERALD_URL, or that of the last sign-in')
    .option('-u, --username <name>', 'name of the account; without it you are asked')
    .action(login);
  program.command('logout').description('sign out').action(logout);
}

async function login(server: string | undefined, options: { username?: string }): Promise<void> {
  const access = Access.toSignIn({ ...process.env, ...(server !== undefined && { HERALD_URL: server }) });
  const username = options.username ?? (await ask('Username: ', '--username'));
  await access.signIn(username, await askSecret('Password: '));
  tell(`Signed in to ${access.server} as ${username}`);
  if (process.env['HERALD_KEY']) tell('HERALD_KEY is set: send, run and listen use that key');
}

async function logout(): Promise<void> {
  const access = Access.toSignIn(process.env);
  await access.signOut();
  tell(`Signed out of ${access.server}`);
}
