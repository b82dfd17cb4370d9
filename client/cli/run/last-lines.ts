import { stripVTControlCharacters } from 'node:util';
import { plainText } from '../plain-text.ts';

/** Bytes of output that are kept, at least. */
const KEPT_BYTES = 16 * 1024;
const LINES_MAX = 20;
/** Leaves room in a message for what is said above the lines. */
const CHARACTERS_MAX = 3000;

/** The end of an output of any length, in bounded memory. */
export class LastLines {
  /** Bytes of the whole output. */
  bytes = 0;
  #kept: Buffer[] = [];
  #keptBytes = 0;

  add(chunk: Buffer): void {
    this.bytes += chunk.length;
    this.#kept.push(chunk);
    this.#keptBytes += chunk.length;
    while (this.#keptBytes - (this.#kept[0]?.length ?? 0) >= KEPT_BYTES)
      this.#keptBytes -= this.#kept.shift()?.length ?? 0;
  }

  /** Up to 20 whole lines as a terminal shows them in the end, without colours. */
  text(): string {
    const text = plainText(stripVTControlCharacters(this.#bytes().toString('utf8')).replace(/[^\n]*\r(?!\n)/g, ''));
    const lines = text.trimEnd().split('\n');
    // The first line that is kept may have lost its beginning.
    if (this.bytes > KEPT_BYTES && lines.length > 1) lines.shift();
    return lastCharacters(lines.slice(-LINES_MAX).join('\n'));
  }

  #bytes(): Buffer {
    return Buffer.concat(this.#kept).subarray(-KEPT_BYTES);
  }
}

function lastCharacters(text: string): string {
  if (text.length <= CHARACTERS_MAX) return text;
  return `…${text.slice(1 - CHARACTERS_MAX).replace(/^[\udc00-\udfff]/, '')}`;
}
