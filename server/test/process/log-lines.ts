import { createInterface, type Interface } from 'node:readline';

/** Lines that a process writes, in order. */
export class LogLines {
  readonly #lines: AsyncIterator<string>;

  constructor(output: NodeJS.ReadableStream) {
    const reader: Interface = createInterface(output);
    this.#lines = reader[Symbol.asyncIterator]();
  }

  /** The match of the next line that matches; lines before it are skipped. @throws Error if the output ends before */
  async next(pattern: RegExp): Promise<RegExpExecArray> {
    const skipped: string[] = [];
    for (;;) {
      const { value, done } = await this.#lines.next();
      if (done === true) throw new Error(`The output ended without ${String(pattern)}:\n${skipped.join('\n')}`);
      const match = pattern.exec(value);
      if (match !== null) return match;
      skipped.push(value);
    }
  }
  /** Resolves once no process holds the output any more. */
  async end(): Promise<void> {
    while ((await this.#lines.next()).done !== true);
  }
}
