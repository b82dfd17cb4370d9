import type { Writable } from 'node:stream';

/**
 * Keeps the process alive when the reader of a pipe leaves, as `head` does: `print` tells of it, so each command
 * decides for itself.
 */
export function surviveClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}

/** Writes a line. @returns once it is written: whether somebody still reads */
export function print(line: string, stream: Writable = process.stdout): Promise<boolean> {
  return new Promise((resolve) => stream.write(`${line}\n`, (error) => resolve(error === null || error === undefined)));
}

/** Writes a line for people, beside what other programs read. */
export function tell(line: string): void {
  process.stderr.write(`herald: ${line}\n`);
}

/** Resolves once all output is written, or nobody reads it any more. */
export async function flushed(): Promise<void> {
  const streams = [process.stdout, process.stderr];
  await Promise.all(streams.map((stream) => new Promise((resolve) => stream.write('', resolve))));
}
