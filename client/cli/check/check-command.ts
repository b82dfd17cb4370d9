import { HeraldError } from '@herald/client/api';
import type { Command } from 'commander';
import { Access } from '../access/access.ts';
import { EXIT } from '../exit-codes.ts';
import { Failure, failureOf } from '../failure.ts';
import { print } from '../standard-output.ts';
import { faultOf } from './proxy-verdict.ts';
import { askForUpgrade } from './upgrade.ts';

/** Beyond this, in seconds, times of `--at` and in the inbox look wrong. */
const CLOCKS_APART_MAX = 30;

/** A server that takes longer is taken for one that does not answer. */
const WITHIN_MS = 10_000;

/** @returns a fact if all is well @throws Failure or HeraldError with what is wrong */
type Check = (access: Access) => Promise<string>;

export function addCheck(program: Command): void {
  program
    .command('check')
    .description('check the server, the proxy in front of it, the clock, and the key or the sign-in')
    .action(check);
}

async function check(): Promise<void> {
  const access = new Access(process.env);
  const reached = await passes('server', serverCheck, access);
  if (!reached) throw new Failure(EXIT.unreachable, `There is no Herald at ${access.server}`);
  let failed = 0;
  for (const [name, part] of [
    ['clock', clockCheck],
    ['websocket', upgradeCheck],
    ['access', accessCheck],
  ] as const)
    if (!(await passes(name, part, access))) failed += 1;
  await print(
    'note  address    `herald key list` shows from where keys were used: if that is a proxy, set TRUSTED_PROXIES',
  );
  if (failed > 0) process.exitCode = EXIT.failed;
}

async function passes(name: string, part: Check, access: Access): Promise<boolean> {
  try {
    await print(`ok    ${name.padEnd(9)}  ${await part(access)}`);
    return true;
  } catch (error) {
    await print(`FAIL  ${name.padEnd(9)}  ${failureOf(error).message}`);
    return false;
  }
}

const serverCheck: Check = async ({ api, server }) => {
  const startedAt = performance.now();
  const { version } = await api.info();
  return `Herald ${version} at ${server} answered in ${Math.round(performance.now() - startedAt)} ms`;
};

const clockCheck: Check = async ({ server }) => {
  const { headers } = await fetch(`${server}/api/info`, { signal: AbortSignal.timeout(WITHIN_MS) });
  const date = headers.get('Date');
  if (date === null) return 'the server does not tell its time';
  const apart = Math.round(Math.abs(Date.parse(date) - Date.now()) / 1000);
  if (apart <= CLOCKS_APART_MAX) return 'it agrees with that of the server';
  throw new Failure(EXIT.failed, `it is ${apart} s apart from that of the server`);
};

const upgradeCheck: Check = async (access) => {
  const token = await access.token().catch(() => undefined);
  const fault = faultOf(await askForUpgrade(new URL(`${access.server}/ws`), token));
  if (fault !== undefined) throw new Failure(EXIT.failed, fault);
  return 'Host and Upgrade arrive as they were sent';
};

const accessCheck: Check = async ({ api, key }) => {
  if (key === undefined) {
    const { username } = await api.me();
    return `signed in as ${username}`;
  }
  try {
    await api.page({ view: 'all' }, null, 1);
    return 'the key is good, and reads';
  } catch (error) {
    // Only a good key has a scope.
    if (error instanceof HeraldError && error.code === 'wrong_scope') return 'the key is good, and sends';
    throw error;
  }
};
