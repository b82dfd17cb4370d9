import type { DestinationStream } from 'pino';
import type { Writable } from 'node:stream';

/** Buffered lines that wait for a reader, in bytes; further lines are dropped. */
const MAX_WAITING_BYTES = 1024 * 1024;
/** Minimum interval between complaints about a log that fails again and again. */
const COMPLAIN_AGAIN_MS = 60_000;

/**
 * Writes the log to a stream that may be full, closed or never read. That neither stops the server nor takes unbounded
 * memory: lines that can't be written are dropped. The first loss and the recovery are reported on another stream.
 */
export class LogOutput implements DestinationStream {
  #lost = 0;
  #isToldOf = false;
  #toldAt = -Infinity;

  /**
   * @param stream must not block; Node's standard output does not when it is a pipe
   * @param complaints stream for the operator; it may fail, too
   */
  constructor(
    private readonly stream: Writable,
    private readonly complaints: Writable,
  ) {
    // The callback of each write handles its error, but without a listener the process would end.
    stream.on('error', () => undefined);
    complaints.on('error', () => undefined);
  }

  write(line: string): void {
    if (this.stream.writableLength > MAX_WAITING_BYTES) {
      this.#lose('nobody reads it');
      return;
    }
    // The last written line may be incomplete.
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
    this.#complain(`The log can't be written (${reason}); the server continues without it`);
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
