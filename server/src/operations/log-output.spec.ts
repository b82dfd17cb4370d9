import { jest } from '@jest/globals';
import { Writable } from 'node:stream';
import { LogOutput } from './log-output.js';

const KIBIBYTE = 1024;

/**
 * A stream that fails while `error` is set, and that nobody reads while `stalls` is. Like Node's standard streams, it
 * survives its errors.
 */
class Disk extends Writable {
  readonly lines: string[] = [];
  error: Error | undefined;
  stalls = false;

  constructor() {
    super({ decodeStrings: false });
  }

  override _write(chunk: string, _encoding: string, done: (error?: Error | null) => void): void {
    if (this.stalls) return;
    if (this.error === undefined) this.lines.push(chunk);
    done(this.error);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    done(error);
    (this as unknown as { _undestroy(): void })._undestroy();
  }
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('LogOutput', () => {
  let disk: Disk;
  let stderr: Disk;
  let output: LogOutput;

  beforeEach(() => {
    disk = new Disk();
    stderr = new Disk();
    output = new LogOutput(disk, stderr);
  });

  afterEach(() => jest.restoreAllMocks());

  async function write(...lines: string[]): Promise<void> {
    for (const line of lines) {
      output.write(`${line}\n`);
      await settled();
    }
  }

  test('survives a full disk, reports it once, and reports when lines are written again', async () => {
    disk.error = new Error('ENOSPC: no space left on device');
    await write('a', 'b', 'c');
    expect(stderr.lines).toEqual([
      "The log can't be written (ENOSPC: no space left on device); the server continues without it\n",
    ]);
    disk.error = undefined;
    await write('d', 'e');
    expect(disk.lines).toEqual(['\nd\n', 'e\n']);
    expect(stderr.lines.slice(1)).toEqual(['The log is written again; 3 lines are missing\n']);
  });

  test('buffers at most a mebibyte and one line for a stalled reader', async () => {
    disk.stalls = true;
    const line = 'x'.repeat(64 * KIBIBYTE);
    for (let n = 0; n < 100; n++) await write(line);
    expect(disk.writableLength).toBeGreaterThan(KIBIBYTE * KIBIBYTE);
    expect(disk.writableLength).toBeLessThan(KIBIBYTE * KIBIBYTE + line.length + 2);
    expect(stderr.lines).toHaveLength(1);
  });

  test('reports a log that keeps failing at most once a minute', async () => {
    let now = 1_000_000;
    jest.spyOn(performance, 'now').mockImplementation(() => now);
    for (let n = 0; n < 10; n++) {
      disk.error = new Error('ENOSPC');
      await write('lost');
      disk.error = undefined;
      await write('written');
    }
    expect(stderr.lines).toHaveLength(2);
    now += 60_000;
    disk.error = new Error('ENOSPC');
    await write('lost');
    expect(stderr.lines).toHaveLength(3);
  });

  test('survives an error on the complaints stream', async () => {
    disk.error = stderr.error = new Error('ENOSPC');
    await write('a', 'b');
    disk.error = undefined;
    await write('c');
    expect(disk.lines).toEqual(['\nc\n']);
  });
});
