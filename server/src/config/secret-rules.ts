import type { Environment } from './environment.js';
import { guessBits } from './guessable.js';

/** Signs tokens on a developer's machine only; production refuses to start with it. */
export const DEVELOPMENT_SECRET = 'herald-development-secret-not-for-production';
/** The demo account's password; production refuses it too. */
export const DEMO_PASSWORD = 'password';

const SECRET_MIN_LENGTH = 32;
const PASSWORD_MIN_LENGTH = 12;
/** Minimum strength in production, whatever the length; see `guessBits`. */
const SECRET_MIN_BITS = 48;
const PASSWORD_MIN_BITS = 20;

/** Faults of secrets, each with the variable's name. */
export function secretProblems(environment: Environment): string[] {
  if (environment.isProduction) return productionProblems(environment);
  // Servers with one store accept each other's tokens.
  const isOpen = environment.isShared && environment.SECRET_KEY === DEVELOPMENT_SECRET;
  return isOpen ? ['SECRET_KEY: a PostgreSQL store needs one, the same on all servers'] : [];
}

/** Faults of secrets that a production server refuses. */
function productionProblems(environment: Environment): string[] {
  const { SECRET_KEY, METRICS_TOKEN, ADMIN_PASSWORD, ADMIN_USERNAME } = environment;
  const problems = problemsOf('SECRET_KEY', SECRET_KEY);
  if (METRICS_TOKEN !== '') problems.push(...problemsOf('METRICS_TOKEN', METRICS_TOKEN));
  if (ADMIN_PASSWORD === DEMO_PASSWORD || ADMIN_PASSWORD.length < PASSWORD_MIN_LENGTH) {
    problems.push(`ADMIN_PASSWORD: production needs one of your own of at least ${PASSWORD_MIN_LENGTH} characters`);
  } else if (guessBits(ADMIN_PASSWORD, [ADMIN_USERNAME]) < PASSWORD_MIN_BITS) {
    problems.push(
      "ADMIN_PASSWORD: is too easy to guess; leave out known words, the account's name, repetitions and rows such as 1234",
    );
  }
  return problems;
}

function problemsOf(name: string, secret: string): string[] {
  if (secret === DEVELOPMENT_SECRET || secret.length < SECRET_MIN_LENGTH)
    return [`${name}: production needs one of your own of at least ${SECRET_MIN_LENGTH} characters`];
  const isWeak = guessBits(secret) < SECRET_MIN_BITS;
  return isWeak ? [`${name}: is too easy to guess; use the output of \`openssl rand -hex 32\``] : [];
}
