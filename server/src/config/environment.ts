import { plainToInstance, Transform, Type } from 'class-transformer';
import { IsIn, IsInt, IsString, IsUrl, Matches, Max, Min, MinLength, ValidateIf, validateSync } from 'class-validator';
import { existsSync } from 'node:fs';

/** Signs tokens on a developer's machine only; production refuses to start with it. */
export const DEVELOPMENT_SECRET = 'herald-development-secret-not-for-production';
/** The demo account's password; production refuses it too. */
export const DEMO_PASSWORD = 'password';

const SECRET_MIN_LENGTH = 32;
const PASSWORD_MIN_LENGTH = 12;
const ORIGIN = /^https?:\/\/[^/?#]+$/;
const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];

/** The environment does not describe a server that could run. Each problem starts with the variable's name. */
export class EnvironmentError extends Error {
  constructor(readonly problems: string[]) {
    super(problems.join('\n'));
    this.name = 'EnvironmentError';
  }
}

/** Every variable the server reads, by its name; `.env.example` says what each is for. */
export class Environment {
  @IsIn(['development', 'test', 'production'])
  NODE_ENV: 'development' | 'test' | 'production' = 'development';

  /** Address to listen on. Loopback on a developer's machine, every address in production. */
  @IsString()
  HOST = '127.0.0.1';

  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(65_535)
  PORT = 8000;

  /** Port of the page; 0 serves none. */
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(65_535)
  UI_PORT = 3000;

  @MinLength(1)
  SECRET_KEY = DEVELOPMENT_SECRET;

  @Type(() => Number)
  @IsInt()
  @Min(60)
  @Max(30 * 24 * 3600)
  TOKEN_TTL_SECONDS = 12 * 3600;

  @MinLength(1)
  ADMIN_USERNAME = 'admin';

  @MinLength(1)
  ADMIN_PASSWORD = DEMO_PASSWORD;

  /** Origins of pages that may call from elsewhere. A page on the server's own origin always may. */
  @Transform(({ value }: { value: string | string[] }) => (typeof value === 'string' ? splitList(value) : value))
  @Matches(ORIGIN, { each: true, message: 'each must be an origin such as https://herald.example, without a path' })
  FRONTEND_URL = ['http://localhost:3000'];

  /** Where the served page finds its server; empty: where it was loaded from. */
  @ValidateIf((environment: Environment) => environment.SERVER_URL !== '')
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  SERVER_URL = '';

  /** Addresses, CIDR ranges or names such as `uniquelocal` whose X-Forwarded-For is believed, comma-separated. */
  @IsString()
  TRUSTED_PROXIES = '';

  @Transform(({ value }: { value: string }) => value.toLowerCase().replace('warning', 'warn'))
  @IsIn(['debug', 'info', 'warn', 'error'])
  LOG_LEVEL: 'debug' | 'info' | 'warn' | 'error' = 'info';

  /** Notifications kept in memory; the oldest go first. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  HISTORY_LIMIT = 100_000;

  @Type(() => Number)
  @IsInt()
  @Min(100)
  @Max(3_600_000)
  HEARTBEAT_MS = 30_000;

  get isProduction(): boolean {
    return this.NODE_ENV === 'production';
  }

  /** The account that a development server offers to everyone who opens its page. */
  get demoAccount(): { username: string; password: string } | undefined {
    if (this.isProduction || this.ADMIN_PASSWORD !== DEMO_PASSWORD) return undefined;
    return { username: this.ADMIN_USERNAME, password: DEMO_PASSWORD };
  }

  /** True when strangers can reach a server whose demo password everyone knows. */
  get isDemoExposed(): boolean {
    return this.demoAccount !== undefined && !LOOPBACK.includes(this.HOST);
  }
}

/**
 * Reads and checks the environment, `.env` included; the only reader of `process.env`. What is set outside wins over
 * `.env`, and an empty variable counts as absent.
 * @throws EnvironmentError naming every variable at fault
 */
export function readEnvironment(): Environment {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return checkEnvironment(process.env);
}

/** @throws EnvironmentError naming every variable at fault */
export function checkEnvironment(source: NodeJS.ProcessEnv): Environment {
  const given = Object.entries(source).filter(([name, value]) => name in new Environment() && value !== '');
  const defaults = source['NODE_ENV'] === 'production' ? { HOST: '0.0.0.0' } : {};
  const environment = plainToInstance(Environment, { ...defaults, ...Object.fromEntries(given) });
  const problems = [...invalidVariables(environment), ...productionProblems(environment)];
  if (problems.length > 0) throw new EnvironmentError(problems);
  return environment;
}

function invalidVariables(environment: Environment): string[] {
  return validateSync(environment).map(
    ({ property, constraints }) => `${property}: ${Object.values(constraints ?? {}).join(', ')}`,
  );
}

function productionProblems(environment: Environment): string[] {
  if (!environment.isProduction) return [];
  const problems: string[] = [];
  if (environment.SECRET_KEY === DEVELOPMENT_SECRET || environment.SECRET_KEY.length < SECRET_MIN_LENGTH) {
    problems.push(`SECRET_KEY: must be set in production, at least ${SECRET_MIN_LENGTH} characters`);
  }
  if (environment.ADMIN_PASSWORD === DEMO_PASSWORD || environment.ADMIN_PASSWORD.length < PASSWORD_MIN_LENGTH) {
    problems.push(`ADMIN_PASSWORD: must be set in production, at least ${PASSWORD_MIN_LENGTH} characters`);
  }
  return problems;
}

function splitList(value: string): string[] {
  return value
    .split(',')
    .map((item) => item.trim().replace(/\/$/, ''))
    .filter(Boolean);
}
