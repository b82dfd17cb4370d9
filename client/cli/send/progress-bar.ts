import { fstatSync } from 'node:fs';

const BAR_WIDTH = 30;

/** Shows on a terminal how many notifications are sent, and how much of the input they are where its size is known. */
export class ProgressBar {
  readonly #isShown = process.stderr.isTTY;
  readonly #totalBytes = sizeOfInput();

  show(sent: number, readBytes: number): void {
    if (this.#isShown) process.stderr.write(`\r\x1b[2K${progressLine(sent, readBytes, this.#totalBytes)}`);
  }

  /** Clears the line for other output. */
  clear(): void {
    if (this.#isShown) process.stderr.write('\r\x1b[2K');
  }
}

/** @param totalBytes null if the size is not known */
export function progressLine(sent: number, readBytes: number, totalBytes: number | null): string {
  const count = `${sent.toLocaleString('en')} sent`;
  if (totalBytes === null) return count;
  const share = Math.min(1, readBytes / totalBytes);
  const full = Math.floor(share * BAR_WIDTH);
  return `[${'#'.repeat(full)}${'-'.repeat(BAR_WIDTH - full)}] ${Math.floor(share * 100)} %  ${count}`;
}

/** Bytes of standard input if it is a file; a pipe has no size. */
function sizeOfInput(): number | null {
  const stat = fstatSync(process.stdin.fd);
  return stat.isFile() && stat.size > 0 ? stat.size : null;
}
