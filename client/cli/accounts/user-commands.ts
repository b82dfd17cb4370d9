import type { Command } from 'commander';
import { Access } from '../access/access.ts';
import { collect } from '../send/options.ts';
import { print, tell } from '../standard-output.ts';
import { askSecret } from './ask.ts';
import { tableOf } from './table.ts';

export function addUserCommands(program: Command): void {
  const user = program.command('user').description('accounts, for administrators with a sign-in');
  user
    .command('add')
    .description('add an account; its password is asked, or read from standard input')
    .argument('<name>')
    .option('--role <role>', 'admin or any other; for several, repeat it', collect)
    .action(add);
  user.command('list').description('list accounts').action(list);
  user.command('remove').description('remove an account, and sign it out').argument('<name>').action(remove);
}

async function add(username: string, { role: roles }: { role?: string[] }): Promise<void> {
  const { api } = Access.withSignIn(process.env);
  const password = await askSecret(`Password of ${username}: `);
  await api.addAccount(username, { password, ...(roles !== undefined && { roles }) });
  tell(`Added ${username}`);
}

async function list(): Promise<void> {
  const { api } = Access.withSignIn(process.env);
  const rows: string[][] = [];
  let after: string | null = null;
  for (let hasMore = true; hasMore;) {
    const page = await api.accounts('', after);
    for (const { username, roles, topics, lastSeenAt = 'never' } of page.items)
      rows.push([username, roles.join(' '), topics.join(' '), lastSeenAt]);
    after = page.items.at(-1)?.username ?? null;
    hasMore = page.hasMore;
  }
  await print(tableOf(['NAME', 'ROLES', 'TOPICS', 'LAST SEEN'], rows));
}

async function remove(username: string): Promise<void> {
  await Access.withSignIn(process.env).api.removeAccount(username);
  tell(`Removed ${username}`);
}
