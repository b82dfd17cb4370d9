import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { isatty } from 'node:tty';
import { LastLines } from './last-lines.ts';
import type { Outcome } from './outcome.ts';
import { silenceOf } from './silence.ts';

/**
 * Runs a command with this terminal, and waits for its end.
 * @param readsOutput whether its output passes through this process, which keeps the last lines; else the command has the
 * terminal itself
 */
export async function runChild([command = '', ...args]: readonly string[], readsOutput: boolean): Promise<Outcome> {
  const startedAt = performance.now();
  const lastLines = new LastLines();
  const child = spawn(command, args, { stdio: readsOutput ? ['inherit', 'pipe', 'pipe'] : 'inherit' });
  const release = passSignals(child);
  try {
    const end = await endOf(child, lastLines);
    return { end, seconds: (performance.now() - startedAt) / 1000, lastLines: lastLines.text() };
  } finally {
    release();
  }
}

async function endOf(child: ChildProcess, lastLines: LastLines): Promise<Outcome['end']> {
  const closed = once(child, 'close');
  // If it can't be started, `exit` says so.
  closed.catch(() => undefined);
  for (const [source, target] of outputs(child)) {
    source.on('data', (chunk: Buffer) => lastLines.add(chunk));
    source.pipe(target, { end: false });
    // The reader of this process has left: the command has to notice it, as it would without this process.
    target.once('error', () => source.destroy());
  }
  try {
    const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
    await Promise.race([closed, silenceOf(lastLines, isBackedUp)]);
    return signal === null ? { code: code ?? 0 } : { signal };
  } catch (error) {
    return { error: error as NodeJS.ErrnoException };
  } finally {
    for (const [source] of outputs(child)) source.destroy();
  }
}

function outputs({ stdout, stderr }: ChildProcess): [Readable, Writable][] {
  return stdout === null || stderr === null
    ? []
    : [
        [stdout, process.stdout],
        [stderr, process.stderr],
      ];
}

function isBackedUp(): boolean {
  return process.stdout.writableNeedDrain || process.stderr.writableNeedDrain;
}

/** Lets the command decide about signals. @returns a function that ends this */
function passSignals(child: ChildProcess): () => void {
  const pass = (signal: NodeJS.Signals): void => void child.kill(signal);
  // Keys of a terminal reach the command without help, as it is in the same group of processes. `process.stdin` would
  // make the input non-blocking if this is its first use, and for the command as well, which shares it.
  const ofKeys = isatty(0) ? (): void => undefined : pass;
  const handlers = [
    ['SIGINT', ofKeys],
    ['SIGQUIT', ofKeys],
    ['SIGTERM', pass],
    ['SIGHUP', pass],
    ['SIGUSR2', pass],
  ] as const;
  for (const [signal, handler] of handlers) process.on(signal, handler);
  return () => {
    for (const [signal, handler] of handlers) process.off(signal, handler);
  };
}
