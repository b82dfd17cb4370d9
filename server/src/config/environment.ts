import { NAME_MAX, NAME_PATTERN, SERVER_PATHS } from '@herald/protocol';
import { Transform, Type } from 'class-transformer';
import {
  IsIn,
  IsInt,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateBy,
  ValidateIf,
} from 'class-validator';
import { getHeapStatistics } from 'node:v8';
import { DEMO_PASSWORD, DEVELOPMENT_SECRET } from './secret-rules.js';
import { isProxyList, PROXY_LIST_HINT } from './proxy-list.js';

const MIB = 1024 * 1024;
/** Enough for a hundred thousand notifications of typical size. */
const HISTORY_MB_DEFAULT = 256;
/** `LoginDto` refuses longer passwords at sign-in. */
const PASSWORD_MAX_LENGTH = 200;
const ORIGIN = /^https?:\/\/[\w.:[\]-]+$/;
const ORIGIN_HINT = 'must be an origin such as https://herald.example, without a path';
/** First parts of Herald's own paths: at a base path such as `/api`, a request for `/api/info` could mean `/info`. */
const OWN_PATHS = [...SERVER_PATHS, 'metrics', 'n', 'icons', 'media'].join('|');
const BASE_PATH = new RegExp(String.raw`^(?!/(?:${OWN_PATHS})(?:/|$))(/[\w~-][\w.~-]*)+$`);
const BASE_PATH_MAX_LENGTH = 100;
/** Three slashes begin an absolute path, too, as in other programs. */
const DATABASE_URL = /^(?:memory:|sqlite:(?:\/\/)?(?!\/\/)[^\0]+|postgres(?:ql)?:\/\/\S*\/\S+)$/;
const POSTGRES_URL = /^postgres(?:ql)?:\/\/\S*\/\S+$/;
const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];

/** All variables that the server reads, by name, with their defaults; `.env.example` explains them. */
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

  /** Port of the page; 0: the page is not served. */
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(65_535)
  UI_PORT = 3000;

  /** Processes that serve the same ports; they need a store that they can share. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(128)
  WORKERS = 1;

  /** Time that a stopping server goes on serving while its readiness fails, so that load balancers notice. */
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(600)
  DRAIN_SECONDS = 0;

  @MinLength(1)
  SECRET_KEY = DEVELOPMENT_SECRET;

  @Type(() => Number)
  @IsInt()
  @Min(60)
  @Max(30 * 24 * 3600)
  TOKEN_TTL_SECONDS = 12 * 3600;

  /** Token for `GET /metrics` from other machines, as RFC 6750 writes it; empty: only this machine may read the metrics. */
  @ValidateIf((environment: Environment) => environment.METRICS_TOKEN !== '')
  @Matches(/^[\w.~+/-]+=*$/, { message: 'must consist of letters, digits and . _ ~ + / -, with = only at the end' })
  METRICS_TOKEN = '';

  /** Whether a WebSocket upgrade or a send to a door may have its token or key in the query, which proxies log. */
  @IsIn(['accepted', 'refused'])
  TOKEN_IN_QUERY: 'accepted' | 'refused' = 'accepted';

  /** Whether `POST /api/notifications/send` and `/batch` may have the key of an app in the query, too. */
  @IsIn(['accepted', 'refused'])
  SEND_KEY_IN_QUERY: 'accepted' | 'refused' = 'refused';

  /** Whether programs that send to Gotify may send, with the key of an app. */
  @IsIn(['open', 'closed'])
  GOTIFY_DOOR: 'open' | 'closed' = 'open';

  /** Whether programs that send to ntfy may send, with the key of an app or with a name and a password. */
  @IsIn(['open', 'closed'])
  NTFY_DOOR: 'open' | 'closed' = 'open';

  /** Whether programs that send to Slack or Mattermost may send, with the key of an app in the path. */
  @IsIn(['open', 'closed'])
  SLACK_DOOR: 'open' | 'closed' = 'open';

  /** Whether webhooks with a template may send, with the key of an app in the path. */
  @IsIn(['open', 'closed'])
  WEBHOOK_DOOR: 'open' | 'closed' = 'open';

  @Transform(({ value }: { value: string }) => value.normalize('NFC'))
  @MaxLength(NAME_MAX)
  @Matches(NAME_PATTERN, { message: 'must consist of letters, digits and . _ @ + -, and begin with a letter or digit' })
  ADMIN_USERNAME = 'admin';

  @MinLength(1)
  @MaxLength(PASSWORD_MAX_LENGTH)
  ADMIN_PASSWORD = DEMO_PASSWORD;

  /** Origins of other pages that may use the API. A page of the server's own origin always may. */
  @Transform(({ value }: { value: string | string[] }) => (typeof value === 'string' ? splitList(value) : value))
  @Matches(ORIGIN, { each: true, message: `each ${ORIGIN_HINT}` })
  FRONTEND_URL = ['http://localhost:3000'];

  /** Origin of the server for the page; empty: the page's own origin. */
  @ValidateIf((environment: Environment) => environment.SERVER_URL !== '')
  @Transform(({ value }: { value: string }) => asOrigin(value))
  @Matches(ORIGIN, { message: ORIGIN_HINT })
  SERVER_URL = '';

  /** Path below which a proxy offers the server, such as `/herald`; empty: the root. */
  @Transform(({ value }: { value: string }) => value.replace(/\/$/, ''))
  @ValidateIf((environment: Environment) => environment.BASE_PATH !== '')
  @MaxLength(BASE_PATH_MAX_LENGTH)
  @Matches(BASE_PATH, {
    message: 'must be a path such as /herald, of letters, digits and . _ ~ -, and not one of Herald’s own',
  })
  BASE_PATH = '';

  /** Addresses, CIDR ranges or names such as `uniquelocal` whose X-Forwarded-For is trusted, comma-separated. */
  @ValidateIf((environment: Environment) => environment.TRUSTED_PROXIES !== '')
  @ValidateBy({
    name: 'isProxyList',
    validator: {
      validate: isProxyList,
      defaultMessage: () => PROXY_LIST_HINT,
    },
  })
  TRUSTED_PROXIES = '';

  @Transform(({ value }: { value: string }) => value.toLowerCase().replace('warning', 'warn'))
  @IsIn(['debug', 'info', 'warn', 'error'])
  LOG_LEVEL: 'debug' | 'info' | 'warn' | 'error' = 'info';

  /** Where the store is: `memory:`, `sqlite:` and the path of its file, or the URL of a PostgreSQL database. */
  @Matches(DATABASE_URL, {
    message: 'must be memory:, sqlite: and the path of a file, or postgres://user:password@host/database',
  })
  DATABASE_URL = 'memory:';

  /** URL of the same PostgreSQL database for LISTEN, if a pooler in transaction mode is before it; empty: DATABASE_URL. */
  @ValidateIf((environment: Environment) => environment.DATABASE_LISTEN_URL !== '')
  @Matches(POSTGRES_URL, { message: 'must be postgres://user:password@host/database' })
  DATABASE_LISTEN_URL = '';

  /** Stored notifications. Beyond that, the sender with the largest share loses the oldest. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  HISTORY_LIMIT = 100_000;

  /** Size of the history, in MiB: a quarter of it is for changes of state, retractions and replaced notifications. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  HISTORY_MB = Math.min(HISTORY_MB_DEFAULT, Math.floor(getHeapStatistics().heap_size_limit / MIB / 4));

  /** Age in days beyond which entries of the history are dropped; 0: they have no limit by age. */
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(36_500)
  HISTORY_DAYS = 0;

  @Type(() => Number)
  @IsInt()
  @Min(100)
  @Max(3_600_000)
  HEARTBEAT_MS = 30_000;

  /** Connections open at the same time, WebSockets and event streams together. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  MAX_CONNECTIONS = 20_000;

  @Type(() => Number)
  @IsInt()
  @Min(1)
  MAX_CONNECTIONS_PER_USER = 100;

  /** Higher than the limit per user, since an office shares one address. An IPv6 /64 counts as one address. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  MAX_CONNECTIONS_PER_ADDRESS = 2000;

  /**
   * Plain HTTP connections open at the same time from one address, on each port; an IPv6 /64 counts as one address.
   * Trusted proxies may have any number.
   */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  MAX_HTTP_CONNECTIONS_PER_ADDRESS = 2000;

  /** Time for which browsers use only https for the server's host (HSTS), in seconds. 0: the header is not sent. */
  @Type(() => Number)
  @IsInt()
  @Min(0)
  HSTS_SECONDS = 0;

  /**
   * Notifications that a user may send a second, together with their apps. Administrators have no limit, but each of
   * their apps has this one.
   */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  SENDS_PER_SECOND_PER_USER = 10;

  /** Other changes per second for each user: to inbox, preferences and topics. No limit for administrators. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  WRITES_PER_SECOND_PER_USER = 20;

  /** Where the store is; `RepositoryModule` opens it. */
  get storeAddress(): { url: string; listenUrl: string | undefined } {
    return { url: this.DATABASE_URL, listenUrl: this.DATABASE_LISTEN_URL || undefined };
  }

  /** Whether several servers may share the store. */
  get isShared(): boolean {
    return POSTGRES_URL.test(this.DATABASE_URL);
  }

  /** Limits of the history, in entries and in bytes. */
  get historyLimits(): { count: number; bytes: number } {
    return { count: this.HISTORY_LIMIT, bytes: this.HISTORY_MB * MIB };
  }

  get isProduction(): boolean {
    return this.NODE_ENV === 'production';
  }

  /** The account that a development server offers on its page. */
  get demoAccount(): { username: string; password: string } | undefined {
    if (this.isProduction || this.ADMIN_PASSWORD !== DEMO_PASSWORD) return undefined;
    return { username: this.ADMIN_USERNAME, password: DEMO_PASSWORD };
  }

  /** Whether others can reach a server that has the demo password or the development secret, which everyone knows. */
  get isDemoExposed(): boolean {
    const isKnown = this.demoAccount !== undefined || this.SECRET_KEY === DEVELOPMENT_SECRET;
    return isKnown && !LOOPBACK.includes(this.HOST);
  }
}

function splitList(value: string): string[] {
  return value
    .split(',')
    .map((item) => asOrigin(item.trim()))
    .filter(Boolean);
}

/** Writes an origin as browsers do: in lower case, without default port and final slash. Other texts stay unchanged. */
function asOrigin(value: string): string {
  const url = URL.parse(value);
  const isOrigin = url !== null && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`;
  return isOrigin ? url.origin : value;
}
