import { HeraldError } from '@herald/client/api';
import type { App, AppWithKey, ReplacedKey } from '@herald/protocol';
import type { Command } from 'commander';
import { Access } from '../access/access.ts';
import { EXIT } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import { collect } from '../send/options.ts';
import { print, tell } from '../standard-output.ts';
import { tableOf } from './table.ts';

const NEXT_ROTATION =
  'If the new one was lost, add --replace-new; once all programs have it, --end-old makes another one';

export function addKeyCommands(program: Command): void {
  const key = program.command('key').description('apps and their keys, with a sign-in');
  key
    .command('create')
    .description('make an app, and print its key, which is shown only once')
    .argument('<name>', 'name of the app, the sender of what it sends')
    .option('--audience <channel>', 'everyone, user:ada, role:ops or topic:builds; for several, repeat it', collect)
    .option('--read', 'the key reads your notifications, for listen, instead of sending')
    .action(create);
  key.command('list').description('list apps, and when their keys were last used').action(list);
  key
    .command('rotate')
    .description('print another key for an app; the one until now stays good for a day')
    .argument('<app>', 'its name or id')
    .option('--replace-new', 'make the new key again if it was lost; the old one stays good')
    .option('--end-old', 'end the old key at once; the new one, which all programs have, stays good for a day')
    .action(rotate);
  key
    .command('remove')
    .description('remove an app; its keys are refused at once')
    .argument('<app>', 'its name or id')
    .action(remove);
}

async function create(name: string, { audience, read }: { audience?: string[]; read?: true }): Promise<void> {
  if (read && audience !== undefined) throw new Failure(EXIT.usage, 'A key that reads has no audience');
  if (!read && audience === undefined) throw new Failure(EXIT.usage, '--audience is required, or --read');
  const { api } = Access.withSignIn(process.env);
  const app = read ? { name, scope: 'read' as const } : { name, scope: 'send' as const, audience };
  const { key } = await api.addApp(app);
  await printKey(key, name);
}

async function list(): Promise<void> {
  const rows: string[][] = [];
  for await (const app of apps(Access.withSignIn(process.env))) {
    const { id, name, owner, scope, audience, expiresAt = 'never', previousKeyUntil = '-' } = app;
    const { lastUsedAt = 'never', lastUsedFrom = '' } = app;
    const keys = [expiresAt, previousKeyUntil, lastUsedAt, lastUsedFrom];
    rows.push([String(id), name, owner, scope, audience.join(' '), ...keys]);
  }
  const keys = ['EXPIRES', 'OLD KEY UNTIL', 'LAST USED', 'FROM'];
  await print(tableOf(['ID', 'NAME', 'OWNER', 'SCOPE', 'AUDIENCE', ...keys], rows));
}

async function rotate(nameOrId: string, { replaceNew, endOld }: { replaceNew?: true; endOld?: true }): Promise<void> {
  if (replaceNew && endOld) throw new Failure(EXIT.usage, '--replace-new keeps the old key, so it excludes --end-old');
  const access = Access.withSignIn(process.env);
  const id = await idOf(access, nameOrId);
  const replaces = replaceNew ? 'current' : endOld ? 'previous' : undefined;
  const { key } = await rotated(access, id, replaces);
  // Nobody has this key, whereas programs have the one before it.
  await printKey(key, `${nameOrId} --replace-new`);
}

/** @throws Failure that says how to go on if an old key is good */
async function rotated({ api }: Access, id: number, replaces?: ReplacedKey): Promise<AppWithKey> {
  try {
    return await api.rotateApp(id, replaces);
  } catch (error) {
    if (!(error instanceof HeraldError) || error.code !== 'previous_key_valid') throw error;
    const until = error.answer?.params?.['until'];
    throw new Failure(EXIT.refused, `The old key is good until ${until}. ${NEXT_ROTATION}`);
  }
}

/** @throws Failure if it could not be written, as nobody can ask for it again */
async function printKey(key: string, again: string): Promise<void> {
  if (await print(key)) return;
  throw new Failure(EXIT.failed, `The key could not be written: \`herald key rotate ${again}\` prints another one`);
}

async function remove(nameOrId: string): Promise<void> {
  const access = Access.withSignIn(process.env);
  await access.api.removeApp(await idOf(access, nameOrId));
  tell(`Removed ${nameOrId}`);
}

/** A name may have only digits, so names are looked for first. */
async function idOf(access: Access, nameOrId: string): Promise<number> {
  let byId: number | undefined;
  for await (const { id, name } of apps(access)) {
    if (name === nameOrId) return id;
    if (String(id) === nameOrId) byId = id;
  }
  if (byId === undefined) throw new Failure(EXIT.refused, `There is no app ${nameOrId}`);
  return byId;
}

async function* apps({ api }: Access): AsyncGenerator<App> {
  let after: string | null = null;
  do {
    const page: { items: App[]; nextCursor: string | null } = await api.apps(after);
    yield* page.items;
    after = page.nextCursor;
  } while (after !== null);
}
