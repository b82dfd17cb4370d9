import { problemsOf } from '#test/environment-problems.js';
import fc from 'fast-check';
import { fastify } from 'fastify';
import { Environment } from './environment.js';
import { checkEnvironment } from './read-environment.js';
import { DEMO_PASSWORD, DEVELOPMENT_SECRET } from './secret-rules.js';

const SOUND_PRODUCTION = {
  NODE_ENV: 'production',
  SECRET_KEY: 'f174317839051dbfd5755099852db8d1',
  ADMIN_PASSWORD: 'correct horse',
};

describe('an empty environment', () => {
  test('describes a development server with the demo account', () => {
    expect(checkEnvironment({})).toEqual<Partial<Environment>>({
      NODE_ENV: 'development',
      HOST: '127.0.0.1',
      PORT: 8000,
      UI_PORT: 3000,
      WORKERS: 1,
      DRAIN_SECONDS: 0,
      SECRET_KEY: DEVELOPMENT_SECRET,
      TOKEN_TTL_SECONDS: 43_200,
      TOKEN_IN_QUERY: 'accepted',
      SEND_KEY_IN_QUERY: 'refused',
      GOTIFY_DOOR: 'open',
      NTFY_DOOR: 'open',
      SLACK_DOOR: 'open',
      WEBHOOK_DOOR: 'open',
      METRICS_TOKEN: '',
      ADMIN_USERNAME: 'admin',
      ADMIN_PASSWORD: DEMO_PASSWORD,
      FRONTEND_URL: ['http://localhost:3000'],
      SERVER_URL: '',
      BASE_PATH: '',
      TRUSTED_PROXIES: '',
      LOG_LEVEL: 'info',
      DATABASE_URL: 'memory:',
      DATABASE_LISTEN_URL: '',
      HISTORY_LIMIT: 100_000,
      HISTORY_MB: 256,
      HISTORY_DAYS: 0,
      HEARTBEAT_MS: 30_000,
      MAX_CONNECTIONS: 20_000,
      MAX_CONNECTIONS_PER_USER: 100,
      MAX_CONNECTIONS_PER_ADDRESS: 2000,
      MAX_HTTP_CONNECTIONS_PER_ADDRESS: 2000,
      HSTS_SECONDS: 0,
      SENDS_PER_SECOND_PER_USER: 10,
      WRITES_PER_SECOND_PER_USER: 20,
    });
  });

  test('is not affected by variables that Herald does not know', () => {
    const foreign = {
      PATH: '/bin',
      isProduction: 'yes',
      constructor: 'x',
      toString: 'x',
    } as unknown as NodeJS.ProcessEnv;
    expect(checkEnvironment(foreign)).toEqual(checkEnvironment({}));
  });
});

describe('a variable', () => {
  test('is converted to a number if its default is one', () => {
    const { PORT, TOKEN_TTL_SECONDS, HISTORY_LIMIT, HEARTBEAT_MS } = checkEnvironment({
      PORT: '9000',
      TOKEN_TTL_SECONDS: '60',
      HISTORY_LIMIT: '1',
      HEARTBEAT_MS: '100',
    });
    expect([PORT, TOKEN_TTL_SECONDS, HISTORY_LIMIT, HEARTBEAT_MS]).toEqual([9000, 60, 1, 100]);
  });

  test.each(['PORT', 'SECRET_KEY', 'FRONTEND_URL', 'LOG_LEVEL', 'HOST'] as const)(
    'such as %s counts as absent when it is empty',
    (name) => {
      expect(checkEnvironment({ [name]: '' })[name]).toEqual(checkEnvironment({})[name]);
    },
  );

  test('counts as absent when it is blank', () => {
    expect(checkEnvironment({ PORT: ' ' }).PORT).toBe(8000);
  });

  test.each([
    ['DEBUG', 'debug'],
    ['WARNING', 'warn'],
    ['warn', 'warn'],
    ['Error', 'error'],
  ])('LOG_LEVEL may be written %s', (written, meant) => {
    expect(checkEnvironment({ LOG_LEVEL: written }).LOG_LEVEL).toBe(meant);
  });

  test.each([
    ['NODE_ENV', 'Production'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80.5'],
    ['PORT', '8000abc'],
    ['UI_PORT', 'none'],
    ['WORKERS', '0'],
    ['WORKERS', 'auto'],
    ['DRAIN_SECONDS', '-1'],
    ['DRAIN_SECONDS', '601'],
    ['TOKEN_IN_QUERY', 'off'],
    ['SEND_KEY_IN_QUERY', 'on'],
    ['TOKEN_TTL_SECONDS', '59'],
    ['TOKEN_TTL_SECONDS', '2592001'],
    ['HISTORY_LIMIT', '0'],
    ['ADMIN_PASSWORD', 'x'.repeat(201)],
    ['HISTORY_MB', '0'],
    ['HEARTBEAT_MS', '99'],
    ['HEARTBEAT_MS', '3600001'],
    ['LOG_LEVEL', 'loud'],
    ['FRONTEND_URL', '*'],
    ['FRONTEND_URL', 'herald.example'],
    ['FRONTEND_URL', 'https://herald.example/inbox'],
    ['FRONTEND_URL', 'https://ada@herald.example'],
    ['FRONTEND_URL', 'https://herald.example, ftp://herald.example'],
    ['BASE_PATH', 'herald'],
    ['BASE_PATH', '/a//b'],
    ['BASE_PATH', '/api'],
    ['BASE_PATH', '/docs/herald'],
    ['BASE_PATH', '/ntfy'],
    ['BASE_PATH', '/../x'],
    ['BASE_PATH', '/herald"><script>'],
    ['SERVER_URL', 'herald.example'],
    ['SERVER_URL', 'ws://herald.example'],
    ['SERVER_URL', 'https://herald.example/api'],
    ['SERVER_URL', "https://herald.example; script-src 'unsafe-inline'"],
    ['TRUSTED_PROXIES', 'my-proxy'],
    ['TRUSTED_PROXIES', '10.0.0.0/33'],
    ['TRUSTED_PROXIES', '10.0.0.1, everyone'],
    ['TRUSTED_PROXIES', '0.0.0.0/0'],
    ['TRUSTED_PROXIES', '::/0'],
    ['TRUSTED_PROXIES', '0.0.0.0/1, 128.0.0.0/1'],
    ['TRUSTED_PROXIES', '0.0.0.0/0.0.0.0'],
    ['TRUSTED_PROXIES', '::ffff:0:0/96'],
    ['TRUSTED_PROXIES', '10.0.0.0/'],
    ['TRUSTED_PROXIES', '10.0.0.1,'],
    ['TRUSTED_PROXIES', 'toString'],
  ])('%s is refused as %j, with a problem that begins with its name', (name, value) => {
    expect(problemsOf({ [name]: value })).toEqual([expect.stringMatching(new RegExp(`^${name}: `))]);
  });

  test('SEND_KEY_IN_QUERY contradicts a TOKEN_IN_QUERY that refuses every key', () => {
    expect(problemsOf({ SEND_KEY_IN_QUERY: 'accepted' })).toEqual([]);
    expect(problemsOf({ SEND_KEY_IN_QUERY: 'accepted', TOKEN_IN_QUERY: 'refused' })).toEqual([
      expect.stringMatching(/^SEND_KEY_IN_QUERY: .*TOKEN_IN_QUERY/),
    ]);
  });

  test.each(['127.0.0.1', '::1', '10.0.0.0/8, 192.168.1.1', 'fd00::/8', 'loopback, uniquelocal', 'linklocal'])(
    'TRUSTED_PROXIES may be %s',
    (value) => {
      expect(problemsOf({ TRUSTED_PROXIES: value })).toEqual([]);
    },
  );

  test('is reported together with all other invalid ones', () => {
    const named = problemsOf({ PORT: 'x', LOG_LEVEL: 'x', NODE_ENV: 'x' }).map((problem) => problem.split(':', 1)[0]);
    expect(named.sort()).toEqual(['LOG_LEVEL', 'NODE_ENV', 'PORT']);
  });
});

describe('origins', () => {
  test('FRONTEND_URL is a list, with or without spaces and final slashes', () => {
    const { FRONTEND_URL } = checkEnvironment({ FRONTEND_URL: 'https://a.example/ ,http://localhost:4200,, ' });
    expect(FRONTEND_URL).toEqual(['https://a.example', 'http://localhost:4200']);
  });

  test('are kept as browsers write them: in lower case, without the default port', () => {
    const { FRONTEND_URL } = checkEnvironment({ FRONTEND_URL: 'https://Herald.Example:443,http://B.example:80' });
    expect(FRONTEND_URL).toEqual(['https://herald.example', 'http://b.example']);
  });

  test.each(['http://localhost:8000', 'https://herald.example', 'http://herald', 'http://10.0.0.1:8000'])(
    'SERVER_URL may be %s',
    (value) => {
      expect(checkEnvironment({ SERVER_URL: value }).SERVER_URL).toBe(value);
    },
  );

  test.each(['/herald', '/tools/herald.v1'])('BASE_PATH may be %s, and loses a final slash', (value) => {
    expect(checkEnvironment({ BASE_PATH: `${value}/` }).BASE_PATH).toBe(value);
  });

  test('SERVER_URL loses its final slash, since paths are appended to it', () => {
    expect(checkEnvironment({ SERVER_URL: 'https://herald.example/' }).SERVER_URL).toBe('https://herald.example');
  });
});

describe('production', () => {
  test('keeps everything in a file, unless another store is chosen', () => {
    expect(checkEnvironment(SOUND_PRODUCTION).DATABASE_URL).toBe('sqlite:./data/herald.db');
    expect(checkEnvironment({ ...SOUND_PRODUCTION, DATABASE_URL: 'memory:' }).DATABASE_URL).toBe('memory:');
  });

  test('starts with a long secret and its own password, and listens on every address', () => {
    const environment = checkEnvironment(SOUND_PRODUCTION);
    expect(environment.isProduction).toBe(true);
    expect(environment.HOST).toBe('0.0.0.0');
  });

  test('gives load balancers five seconds to notice a stop, unless another time is chosen', () => {
    expect(checkEnvironment(SOUND_PRODUCTION).DRAIN_SECONDS).toBe(5);
    expect(checkEnvironment({ ...SOUND_PRODUCTION, DRAIN_SECONDS: '0' }).DRAIN_SECONDS).toBe(0);
  });

  test('listens on the configured HOST', () => {
    expect(checkEnvironment({ ...SOUND_PRODUCTION, HOST: '10.0.0.1' }).HOST).toBe('10.0.0.1');
  });

  test.each([
    ['SECRET_KEY', undefined],
    ['SECRET_KEY', ''],
    ['SECRET_KEY', DEVELOPMENT_SECRET],
    ['SECRET_KEY', 'f174317839051dbfd5755099852db8d'],
    ['SECRET_KEY', 'a'.repeat(64)],
    ['SECRET_KEY', 'ab'.repeat(32)],
    ['SECRET_KEY', '0123456789abcdef'.repeat(2)],
    ['SECRET_KEY', 'changeme'.repeat(5)],
    ['SECRET_KEY', `${DEVELOPMENT_SECRET}-1`],
    ['METRICS_TOKEN', 'short'],
    ['METRICS_TOKEN', 'f174317839051dbfd5755099852db8d'],
    ['METRICS_TOKEN', 'ab'.repeat(32)],
    ['ADMIN_PASSWORD', undefined],
    ['ADMIN_PASSWORD', DEMO_PASSWORD],
    ['ADMIN_PASSWORD', 'own own own'],
    ['ADMIN_PASSWORD', 'p'.repeat(12)],
    ['ADMIN_PASSWORD', 'password1234'],
    ['ADMIN_PASSWORD', 'P4$$w0rd!2345'],
    ['ADMIN_PASSWORD', 'admin-admin-2026'],
  ])('refuses %s as %j', (name, value) => {
    expect(problemsOf({ ...SOUND_PRODUCTION, [name]: value })).toEqual([
      expect.stringMatching(new RegExp(`^${name}: `)),
    ]);
  });

  test('needs no METRICS_TOKEN, and takes a strong one', () => {
    expect(checkEnvironment(SOUND_PRODUCTION).METRICS_TOKEN).toBe('');
    const METRICS_TOKEN = '9d2c4f7181a05be6cc37f2d4e8b1a690';
    expect(checkEnvironment({ ...SOUND_PRODUCTION, METRICS_TOKEN }).METRICS_TOKEN).toBe(METRICS_TOKEN);
  });

  test('reports the secret and the password together', () => {
    expect(problemsOf({ NODE_ENV: 'production' })).toHaveLength(2);
  });

  test('never reveals the secret or the password', () => {
    const source = { NODE_ENV: 'production', SECRET_KEY: 'hush-hush', ADMIN_PASSWORD: 'sesame' };
    expect(problemsOf(source).join()).not.toMatch(/hush-hush|sesame/);
  });
});

describe('any environment', () => {
  const names = Object.keys(new Environment());
  const odd = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '0',
      '-0',
      'NaN',
      'Infinity',
      '1e308',
      '0x10',
      'null',
      'undefined',
      '[object Object]',
      ',',
      '/',
      '::',
      '::/0',
      'http://',
      'https://[',
      '__proto__',
      '0.0.0.0/0',
    ),
  );

  test('is accepted, or refused in lines that begin with the name of a variable', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names, '__proto__', 'constructor'), odd), (source) => {
        for (const problem of problemsOf(source)) expect(names).toContain(problem.split(':', 1)[0]);
      }),
      { numRuns: 1000 },
    );
  });

  test('has proxies that Fastify accepts, if it is accepted', () => {
    const part = fc.oneof(
      fc.ipV4(),
      fc.ipV6(),
      fc.constantFrom('loopback', 'uniquelocal', '::ffff:1.2.3.4', '10.0.0.0', 'x', ''),
    );
    const item = fc.tuple(
      part,
      fc.option(fc.oneof(fc.integer({ min: 0, max: 130 }), fc.constantFrom('255.0.0.0', '8x', '')), { nil: undefined }),
    );
    fc.assert(
      fc.property(fc.array(item, { minLength: 1, maxLength: 3 }), (items) => {
        const TRUSTED_PROXIES = items
          .map(([address, bits]) => (bits === undefined ? address : `${address}/${bits}`))
          .join(', ');
        if (problemsOf({ TRUSTED_PROXIES }).length === 0)
          expect(() => fastify({ trustProxy: TRUSTED_PROXIES })).not.toThrow();
      }),
      { numRuns: 300 },
    );
  });
});

describe('the demo account', () => {
  test('is offered on a development server with the demo password', () => {
    expect(checkEnvironment({ ADMIN_USERNAME: 'ada' }).demoAccount).toEqual({
      username: 'ada',
      password: DEMO_PASSWORD,
    });
  });

  test("is not offered once the password is the operator's own", () => {
    expect(checkEnvironment({ ADMIN_PASSWORD: 'own' }).demoAccount).toBeUndefined();
  });

  test('is not offered in production', () => {
    expect(checkEnvironment(SOUND_PRODUCTION).demoAccount).toBeUndefined();
  });
});

describe('strangers', () => {
  test.each(['127.0.0.1', '::1', 'localhost'])('do not reach a development server on %s', (HOST) => {
    expect(checkEnvironment({ HOST }).isDemoExposed).toBe(false);
  });

  test('reach a development server that listens on every address with the demo password', () => {
    expect(checkEnvironment({ HOST: '0.0.0.0' }).isDemoExposed).toBe(true);
  });

  test('can forge tokens for a server that signs with the development secret, whatever the password', () => {
    expect(checkEnvironment({ HOST: '0.0.0.0', ADMIN_PASSWORD: 'own' }).isDemoExposed).toBe(true);
  });

  test('get nowhere with a server that has its own secret and password', () => {
    expect(checkEnvironment({ HOST: '0.0.0.0', ADMIN_PASSWORD: 'own', SECRET_KEY: 'own' }).isDemoExposed).toBe(false);
  });
});
