import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** Folder of the sign-in (XDG Base Directory Specification 0.8). */
export function configFolder(env: Environment): string {
  return join(folderIn(env['XDG_CONFIG_HOME']) ?? join(homedir(), '.config'), 'herald');
}

/** Folder of positions, which are neither configuration nor a cache. */
export function stateFolder(env: Environment): string {
  return join(folderIn(env['XDG_STATE_HOME']) ?? join(homedir(), '.local', 'state'), 'herald');
}

/** The specification ignores paths that are not absolute. */
function folderIn(value: string | undefined): string | undefined {
  return value !== undefined && isAbsolute(value) ? value : undefined;
}
