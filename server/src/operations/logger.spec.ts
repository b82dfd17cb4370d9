import { jest } from '@jest/globals';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { checkEnvironment } from '../config/read-environment.js';
import fc from 'fast-check';
import { createPino, NestLogger, redact, shorten } from './logger.js';

/** Has the form of a JSON Web Token, without a valid signature. */
const TOKEN = ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiJhZGEiLCJleHAiOjE4MDAwMDAwMDB9', 'sE-cr_et0123456789'].join('.');

/** Encodes every character: unusual, but every server decodes it. */
const percentEncoded = (text: string): string =>
  text.replace(/./g, (letter) => `%${letter.charCodeAt(0).toString(16)}`);

describe('redact', () => {
  test.each([
    ['a query', `GET /ws?token=${TOKEN}&a=1`],
    ['an encoded query', `GET /ws?token=${TOKEN.replaceAll('.', '%2E')}&a=1`],
    ['an oddly encoded query', `GET /ws?to%6Ben=${TOKEN}`],
    ['a query with an encoded letter in name and value', `GET /ws?to%6Ben=%65${TOKEN.slice(1)}`],
    ['a query of nothing but encoded letters', `GET /ws?${percentEncoded('token')}=${percentEncoded(TOKEN)}&a=1`],
    ['a query within a query', `GET /sign-in?next=%2Fws%3Ftoken%3D${TOKEN}`],
    ['a header', `Authorization: Bearer ${TOKEN}`],
    ['a header with more spaces', `Authorization: bearer  ${TOKEN}`],
    ['a sub-protocol', `herald.v1, bearer.${TOKEN}`],
    ['an encoded header', `Bearer%20${TOKEN}`],
    ['a JSON field', `{"access_token":"${TOKEN}","token_type":"bearer"}`],
    ['escaped JSON', JSON.stringify({ msg: JSON.stringify({ authorization: `Bearer ${TOKEN}` }) })],
    ['a form', `access_token=${TOKEN}&x=1`],
    ['a stack', `Error: jwt malformed: ${TOKEN}\n    at verify (token.js:1)`],
  ])('removes every part of a token from %s', (_, line) => {
    const [header, claims, signature] = TOKEN.split('.') as [string, string, string];
    const redacted = decodeURIComponent(redact(line));
    expect(redacted).toContain('[redacted]');
    for (const part of [header, claims, signature]) expect(redacted).not.toContain(part);
  });

  test("hides the value in a token's place even if it is not a token", () => {
    expect(redact('GET /ws?token=hunter2')).toBe('GET /ws?token=[redacted]');
    expect(redact('GET /x/publish?auth=QmVhcmVy&a=1')).toBe('GET /x/publish?auth=[redacted]&a=1');
    expect(redact('POST /hooks/tk_Abcdefghijkl.9-_0/github')).toBe('POST /hooks/[redacted]/github');
    expect(redact('POST /services/T/B/Abcdefghijkl.9-_0')).toBe('POST /services/T/B/[redacted]');
    expect(redact('GET /?u=%2Fhooks%2Ftk_1234567&a=1')).toBe('GET /?u=%2Fhooks%2F[redacted]&a=1');
    expect(redact('POST /hooks%2Ftk_1234567%2Fgithub')).toBe('POST /hooks%2F[redacted]%2Fgithub');
    expect(redact('Bearer 0123456789abcdef==')).toBe('Bearer [redacted]');
    expect(redact('bearer.0123456789abcdef')).toBe('bearer.[redacted]');
  });

  const KEY = 'A3bX9-kQ2.vLw_7';
  test.each([
    ['a query', `GET /message?token=${KEY}&a=1`],
    ['a query of another name', `GET /message?key=${KEY}`],
    ['a path', `POST /hooks/${KEY}/github`],
    ['an encoded path', `POST /hooks/${percentEncoded(KEY)}/github`],
    ['a path with an encoded slash', `POST /hooks%2F${KEY}/github`],
    ['a path with encoded quotes', `POST /slack/%22${KEY}%22`],
    ['an address in a query', `GET /?u=https%3A%2F%2Fherald.example%2fhooks%2f${KEY}`],
    ['an address in a query, encoded twice', `GET /?u=https%253A%252F%252Fherald.example%252Fhooks%252F${KEY}`],
    ['a header', `X-Gotify-Key: ${KEY}`],
    ['a bearer token', `Authorization: Bearer ${KEY}`],
    ['a bearer token with a prefix', `Authorization: Bearer tk_${KEY}`],
    ['an address with a password', `ntfy://:tk_${KEY}@herald.example/builds`],
    ['a sentence', `The key is ${KEY}.`],
    ['JSON', `{"key":"${KEY}"}`],
    ['a line of escaped JSON', JSON.stringify({ stack: `Error\n${KEY}\n` })],
  ])('removes the key of an app from %s', (_, line) => {
    const redacted = redact(line);
    expect(redacted).toContain('[redacted]');
    expect(redacted).not.toContain(KEY.slice(1));
  });

  test.each([
    'new AbortController()',
    'A quite long text',
    'at Abcdefghijklmn7.method',
    '/assets/A1234567890123456.js',
  ])('leaves %j, which has no key, unchanged', (line) => expect(redact(line)).toBe(line));

  test('hides every token of a line', () => {
    expect(redact(`${TOKEN} and ${TOKEN}`)).toBe('[redacted] and [redacted]');
  });

  test.each([
    'GET /api/notifications?limit=50',
    'sign-in refused: address=::1',
    'A bearer token is required',
    '{"token_type":"bearer"}',
    'at publish (/srv/herald/dist/server/src/ingest/slack/slack-door.js:12:3)',
    'at Object.<anonymous> (/srv/herald/dist/server/src/auth/token.service.js:12:3)',
  ])('leaves %j unchanged', (line) => {
    expect(redact(line)).toBe(line);
  });

  test('keeps the text around a token', () => {
    expect(redact(`GET /ws?a=1&token=${TOKEN}&b=2`)).toBe('GET /ws?a=1&token=[redacted]&b=2');
  });
});

describe('redact, for any line', () => {
  /** The shortest of several measurements, in milliseconds. */
  function timeOf(line: string): number {
    const times = Array.from({ length: 7 }, () => {
      const startedAt = performance.now();
      redact(line);
      return performance.now() - startedAt;
    });
    return Math.min(...times);
  }

  test.each([
    'eyJ',
    'eyJ.',
    'x',
    'bearer ',
    'bearer.',
    'bearer%20',
    'token=',
    'token',
    '%',
    '%65',
    '%2E',
    '.',
    ' ',
    '=',
    'A1',
    'A1.',
    'tk_A',
    ' A1234567890123.',
    '%2FA1',
    '%25',
    '/hooks%2F',
    '%2Fservices%2Fa%2F',
  ])('takes linear time: %j repeated', (part) => {
    const line = (length: number): string => part.repeat(length / part.length);
    timeOf(line(8000));
    // Quadratic time would be 4,096 times as long; garbage collection and a busy machine only add a small factor.
    expect(timeOf(line(64 * 8000)) / timeOf(line(8000))).toBeLessThan(1000);
  });

  test('hides every match of a pattern for whole tokens', () => {
    const parts = fc.constantFrom(
      'eyJ',
      'eyJhbGciOi',
      'J9',
      '.',
      '..',
      '-',
      '_',
      'a',
      'token',
      ' ',
      '/',
      '"',
      '%2E',
      '%65yJ',
      'é',
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 30 }), (list) => {
        const plain = list.join('').replace(/%2E/g, '.').replace(/%65/g, 'e');
        expect(redact(list.join(''))).toBe(plain.replace(/eyJ[\w-]{8,}(?:\.[\w-]*)+/g, '[redacted]'));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a long line', () => {
  test('has its texts cut at any depth, and stays JSON', () => {
    const line = { level: 20, url: `/${'x'.repeat(20_000)}`, err: { stack: 'y'.repeat(5000) }, msg: 'request' };
    const { url, err, ...rest } = JSON.parse(shorten(`${JSON.stringify(line)}\n`)) as typeof line;
    expect(rest).toEqual({ level: 20, msg: 'request' });
    expect(url).toBe(`/${'x'.repeat(2047)}… (20001 characters)`);
    expect(err.stack).toHaveLength(2048 + '… (5000 characters)'.length);
  });

  test('reveals no token when it is cut', () => {
    const { written } = writtenBy((log) =>
      log.warn({ url: `/${'x'.repeat(2040)}?token=${TOKEN}${'x'.repeat(9000)}` }, 'request'),
    );
    expect(written).not.toContain('eyJ');
    expect(written.length).toBeLessThan(3000);
  });

  test('stays one line of JSON, whatever it holds', () => {
    const text = fc.array(
      fc.constantFrom('\n', '"', '\\', 'eyJhbGciOi', '.', 'bearer ', '\ud83d', '%22', '\u0000', 'x'.repeat(3000)),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(text, (parts) => {
        const { written } = writtenBy((log) => log.warn({ url: parts.join('') }, parts.join('')));
        expect(JSON.parse(written)).toMatchObject({ level: 40 });
        expect(written.indexOf('\n')).toBe(written.length - 1);
      }),
    );
  });

  function writtenBy(log: (logger: ReturnType<typeof createPino>) => void): { written: string } {
    let written = '';
    const environment = Object.assign(checkEnvironment({}), { NODE_ENV: 'production' });
    log(createPino(environment, { write: (line) => (written += line) }));
    return { written };
  }
});

describe('createPino', () => {
  /** Returns the output written while `log` runs. */
  function outputOf(variables: NodeJS.ProcessEnv, log: (logger: ReturnType<typeof createPino>) => void): string {
    const chunks: string[] = [];
    const destination = new Writable({
      write(chunk: Buffer, _encoding, done) {
        chunks.push(chunk.toString());
        done();
      },
    });
    log(createPino(checkEnvironment(variables), destination));
    return chunks.join('');
  }

  const production = {
    NODE_ENV: 'production',
    SECRET_KEY: 'f174317839051dbfd5755099852db8d1',
    ADMIN_PASSWORD: 'correct horse',
  };

  test('writes JSON lines in production', () => {
    const output = outputOf(production, (log) => log.info({ context: 'Herald' }, 'ready'));
    expect(JSON.parse(output)).toMatchObject({ level: 30, msg: 'ready', context: 'Herald' });
  });

  test('writes readable lines outside production', () => {
    expect(outputOf({}, (log) => log.info('ready'))).toMatch(/INFO.*ready\n$/);
  });

  test.each([
    ['in production', production, /"worker":2.*"msg":"ready"/],
    ['elsewhere', {}, /INFO.*: \[worker 2\] ready$/],
  ])('names the worker of several: %s', (_, variables, line) => {
    let written = '';
    createPino(checkEnvironment(variables), { write: (text) => (written += text) }, 2).info('ready');
    expect(written.trimEnd()).toMatch(line);
  });

  test.each([production, {}])('writes no token: %o', (variables) => {
    const output = outputOf(variables, (log) =>
      log.warn({ url: `/ws?token=${TOKEN}`, err: new Error(TOKEN) }, `Bearer ${TOKEN}`),
    );
    expect(output).not.toContain(TOKEN.split('.')[2]);
    expect(output).toContain('[redacted]');
  });

  test('writes nothing below LOG_LEVEL', () => {
    const both = (log: ReturnType<typeof createPino>): void => {
      log.info('quiet');
      log.warn('loud');
    };
    const output = outputOf({ LOG_LEVEL: 'WARNING' }, both);
    expect(output).not.toContain('quiet');
    expect(output).toContain('loud');
  });
});

describe('NestLogger', () => {
  function linesOf(log: (logger: NestLogger) => void): Record<string, unknown>[] {
    const write = jest.fn<(line: string) => void>();
    log(new NestLogger(pino({ level: 'trace', base: undefined }, { write })));
    return write.mock.calls.map(([line]) => JSON.parse(line) as Record<string, unknown>);
  }

  test("maps each of Nest's levels to pino's, and logs the context", () => {
    const lines = linesOf((logger) => {
      logger.error('e', undefined, 'Auth');
      logger.warn('w', 'Auth');
      logger.log('l', 'Auth');
      logger.debug('d', 'Auth');
      logger.verbose('v', 'Auth');
    });
    expect(lines.map(({ level, msg, context }) => [level, msg, context])).toEqual([
      [50, 'e', 'Auth'],
      [40, 'w', 'Auth'],
      [30, 'l', 'Auth'],
      [20, 'd', 'Auth'],
      [10, 'v', 'Auth'],
    ]);
  });

  test('logs the stack of an error, and a stack passed beside a message', () => {
    const [thrown, told] = linesOf((logger) => {
      logger.error(new Error('disk full'), 'Repository');
      logger.error('disk full', 'Error: disk full\n    at append', 'Repository');
    });
    expect(thrown).toMatchObject({
      msg: 'disk full',
      context: 'Repository',
      err: { stack: expect.stringContaining('logger.spec') },
    });
    expect(told).toMatchObject({
      msg: 'disk full',
      context: 'Repository',
      stack: expect.stringContaining('at append'),
    });
  });

  test("logs Nest's start-up messages at debug level", () => {
    const [line] = linesOf((logger) => logger.log('Mapped {/api/info, GET} route', 'RouterExplorer'));
    expect(line).toMatchObject({ level: 20 });
  });
});
