import type { DestinationStream } from 'pino';
import type { Writable } from 'node:stream';

/** Lines that may wait for a reader, in bytes; those that come while more wait are left out. */
const MAX_WAITING_BYTES = 1024 * 1024;
/** A log that comes and goes is complained about once in that time. */
const COMPLAIN_AGAIN_MS = 60_000;

/**
 * Where the log goes: a stream that may be full, closed or never read. None of these stops the server or takes memory
 * without bound: it goes on without the lines that can't be written, says so on the other stream, and says so again
 * with the first line that is written after that.
 */
export class LogOutput implements DestinationStream {
  #lost = 0;
  #isToldOf = false;
  #toldAt = -Infinity;

  /**
   * @param stream of this process; it must not block, as Node's standard output does not where it is a pipe
   * @param complaints for the operator; it may fail, too
   */
  constructor(
    private readonly stream: Writable,
    private readonly complaints: Writable,
  ) {
    // Each write hears of its own error; without a listener the process would end.
    stream.on('error', () => undefined);
    complaints.on('error', () => undefined);
  }

  write(line: string): void {
    if (this.stream.writableLength > MAX_WAITING_BYTES) {
      this.#lose('nobody reads it');
      return;
    }
    // The last line may have been cut in the middle.
    this.stream.write(this.#lost > 0 ? `\n${line}` : line, (error) => {
      if (error) this.#lose(error.message);
      else if (this.#lost > 0) this.#isBack();
    });
  }

  #lose(reason: string): void {
    this.#lost += 1;
    if (this.#isToldOf || performance.now() - this.#toldAt < COMPLAIN_AGAIN_MS) return;
    this.#isToldOf = true;
    this.#toldAt = performance.now();
    this.#complain(`The log can't be written (${reason}); the server goes on without it`);
  }

  #isBack(): void {
    if (this.#isToldOf) this.#complain(`The log is written again; ${this.#lost} lines are missing`);
    this.#isToldOf = false;
    this.#lost = 0;
  }

  #complain(sentence: string): void {
    if (this.complaints.writableLength < MAX_WAITING_BYTES) this.complaints.write(`${sentence}\n`);
  }
}
