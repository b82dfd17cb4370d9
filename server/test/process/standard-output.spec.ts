import { type ChildProcess, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, constants, existsSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../chaos/server-process.js';
import { endOf, spawnMain } from './spawn-main.js';

const PRODUCTION = {
  NODE_ENV: 'production',
  DATABASE_URL: 'memory:',
  HOST: '127.0.0.1',
  SECRET_KEY: randomBytes(32).toString('hex'),
  ADMIN_PASSWORD: randomBytes(16).toString('hex'),
};
const DEVELOPMENT = { LOG_LEVEL: 'debug' };
const LOST = /^The log can't be written \(.+\); the server continues without it\n/;
const hasDevices = existsSync('/dev/full') && spawnSync('mkfifo', ['--version']).status === 0;

(hasDevices ? describe : describe.skip)(
  `the server's standard output${hasDevices ? '' : ' (there is no /dev/full, or no mkfifo, here)'}`,
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'herald-output-'));
    const open: number[] = [];
    let port: number;

    afterEach(() => {
      for (const descriptor of open.splice(0)) closeSync(descriptor);
    });
    afterAll(() => rmSync(folder, { recursive: true }));

    function opened(path: string, flags: number): number {
      const descriptor = openSync(path, flags);
      open.push(descriptor);
      return descriptor;
    }

    /** Both ends of a named pipe. */
    function pipe(): { reader: number; writer: number } {
      const path = join(folder, randomBytes(8).toString('hex'));
      expect(spawnSync('mkfifo', [path]).status).toBe(0);
      const reader = opened(path, constants.O_RDONLY | constants.O_NONBLOCK);
      return { reader, writer: opened(path, constants.O_WRONLY) };
    }

    /** @param stdout file descriptor @returns once the server answers */
    async function start(
      variables: NodeJS.ProcessEnv,
      stdout: number,
      stderr: number | 'pipe' = 'pipe',
    ): Promise<ChildProcess> {
      port = await freePort();
      const child = spawnMain({ variables: { PORT: String(port), ...variables }, stdio: ['ignore', stdout, stderr] });
      while (child.exitCode === null && !(await isLive())) await new Promise((resolve) => setTimeout(resolve, 50));
      return child;
    }

    async function isLive(query = ''): Promise<boolean> {
      return fetch(`http://127.0.0.1:${port}/health/live${query}`).then(
        ({ status }) => status === 200,
        () => false,
      );
    }

    /** Causes some megabytes of log lines, one line per request. */
    async function chatter(): Promise<void> {
      for (let n = 0; n < 60; n++) {
        const answers = await Promise.all(Array.from({ length: 20 }, () => isLive(`?q=${'x'.repeat(2000)}`)));
        expect(answers).not.toContain(false);
      }
    }

    test.each([
      ['production', PRODUCTION],
      ['development', DEVELOPMENT],
    ])('may be a full disk: the server serves, reports it once, and exits with 0 (%s)', async (_, variables) => {
      const child = await start(variables, opened('/dev/full', constants.O_WRONLY));
      const end = endOf(child);
      expect(await isLive()).toBe(true);
      child.kill('SIGTERM');
      const { code, errors } = await end;
      expect([code, errors.replace(LOST, '')]).toEqual([0, '']);
      expect(errors).toContain('ENOSPC');
    });

    test('may be a full disk together with standard error', async () => {
      const full = opened('/dev/full', constants.O_WRONLY);
      const child = await start(PRODUCTION, full, full);
      expect(await isLive()).toBe(true);
      child.kill('SIGTERM');
      expect(await once(child, 'exit')).toEqual([0, null]);
    });

    test('may be a pipe that is closed while the server runs', async () => {
      const { reader, writer } = pipe();
      const child = await start(DEVELOPMENT, writer);
      const end = endOf(child);
      open.splice(open.indexOf(reader), 1);
      closeSync(reader);
      await isLive();
      expect(await isLive()).toBe(true);
      child.kill('SIGTERM');
      const { code, errors } = await end;
      expect([code, errors.replace(LOST, '')]).toEqual([0, '']);
    });

    test('may be a pipe that nobody reads: the server serves, exits with 0, and reports when it is read again', async () => {
      const { reader, writer } = pipe();
      const child = await start(DEVELOPMENT, writer);
      const end = endOf(child);
      await chatter();
      drain(reader);
      await isLive();
      // The first lines that could not be written were dropped; buffered ones are written before this one.
      for (let n = 0; n < 40; n++) {
        drain(reader);
        await isLive();
      }
      await chatter();
      child.kill('SIGTERM');
      const { code, errors } = await end;
      expect(errors).toMatch(LOST);
      expect(errors.replace(LOST, '')).toMatch(/^The log is written again; \d+ lines are missing\n$/);
      expect(code).toBe(0);
    });

    /** Reads the content of the pipe. */
    function drain(reader: number): void {
      const buffer = Buffer.alloc(65_536);
      try {
        while (readSync(reader, buffer) > 0);
      } catch (error) {
        expect((error as NodeJS.ErrnoException).code).toBe('EAGAIN');
      }
    }
  },
);
