import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { EnvFileError, readEnvFile } from './env-file.js';
import { Environment } from './environment.js';
import { secretProblems } from './secret-rules.js';

/** Defaults in production: every address of the machine, a store that survives a restart, and time for load balancers. */
const PRODUCTION = { HOST: '0.0.0.0', DATABASE_URL: 'sqlite:./data/herald.db', DRAIN_SECONDS: '5' };
/** Defaults of a store on a disk, which is larger than memory. */
const ON_DISK = { HISTORY_LIMIT: '1000000', HISTORY_MB: '10240' };

/** The environment is invalid. Each problem starts with the variable's name. */
export class EnvironmentError extends Error {
  constructor(readonly problems: string[]) {
    super(problems.join('\n'));
    this.name = 'EnvironmentError';
  }
}

/**
 * Reads and checks the environment, `.env` included; the only reader of `process.env`. A variable set outside overrides
 * `.env`, and a blank variable counts as absent.
 * @throws EnvironmentError naming every variable at fault, with the `envFileWarnings`
 */
export function readEnvironment(): Environment {
  for (const [name, value] of Object.entries(envFileVariables())) if (isVariable(name)) process.env[name] ??= value;
  try {
    return checkEnvironment(process.env);
  } catch (error) {
    throw error instanceof EnvironmentError ? new EnvironmentError([...error.problems, ...envFileWarnings()]) : error;
  }
}

/**
 * Names each variable of `.env` that Herald does not know. Docker Compose reads the same file, and has variables too.
 */
export function envFileWarnings(): string[] {
  const isUnknown = (name: string): boolean => !isVariable(name) && !name.startsWith('COMPOSE_');
  const names = Object.keys(envFileVariables()).filter(isUnknown);
  return names.map((name) => `.env: ${name} is not a variable of Herald and is ignored`);
}

function isVariable(name: string): boolean {
  return Object.hasOwn(new Environment(), name);
}

function envFileVariables(): NodeJS.ProcessEnv {
  try {
    return readEnvFile('.env');
  } catch (error) {
    throw error instanceof EnvFileError ? new EnvironmentError([error.message]) : error;
  }
}

/** @throws EnvironmentError naming every variable at fault */
export function checkEnvironment(source: NodeJS.ProcessEnv): Environment {
  const given = Object.entries(source).filter(
    ([name, value]) => Object.hasOwn(new Environment(), name) && value?.trim(),
  );
  const chosen = { ...(source['NODE_ENV'] === 'production' && PRODUCTION), ...Object.fromEntries(given) };
  const isOnDisk = /^(?:sqlite|postgres)/.test(chosen.DATABASE_URL ?? '');
  const environment = plainToInstance(Environment, { ...(isOnDisk && ON_DISK), ...chosen });
  const problems = [
    ...invalidVariables(environment),
    ...secretProblems(environment),
    ...storeProblems(environment),
    ...queryProblems(environment),
  ];
  if (problems.length > 0) throw new EnvironmentError(problems);
  return environment;
}

function invalidVariables(environment: Environment): string[] {
  return validateSync(environment).map(
    ({ property, constraints }) =>
      `${property}: ${Object.values(constraints ?? {})
        .join(', ')
        .replaceAll(`${property} `, '')}`,
  );
}

function storeProblems({ WORKERS, DATABASE_URL, isShared }: Environment): string[] {
  if (isShared || !(WORKERS > 1)) return [];
  const kind = DATABASE_URL.slice(0, DATABASE_URL.indexOf(':') + 1);
  return [`WORKERS: several processes can share a PostgreSQL store only, and DATABASE_URL is ${kind}`];
}

function queryProblems({ TOKEN_IN_QUERY, SEND_KEY_IN_QUERY }: Environment): string[] {
  if (SEND_KEY_IN_QUERY !== 'accepted' || TOKEN_IN_QUERY !== 'refused') return [];
  return ['SEND_KEY_IN_QUERY: a key in the query is accepted, but TOKEN_IN_QUERY refuses every key there'];
}
