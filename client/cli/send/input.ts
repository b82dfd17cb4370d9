import { EXIT } from '../exit-codes.ts';
import { Failure } from '../failure.ts';

/** Bytes of a text that are kept: more than a message may have, with room for controls, which are left out. */
const TEXT_MAX_BYTES = 64 * 1024;
/** Bytes of a request that the server takes. */
const LINE_MAX_BYTES = 4 * 1024 * 1024;
const LINE_FEED = 10;

/** The beginning of a text. Reads it to its end, as its writer must not die of a closed pipe. */
export async function beginningOf(input: AsyncIterable<Buffer>): Promise<string> {
  const kept: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of input) {
    if (bytes < TEXT_MAX_BYTES) kept.push(chunk);
    bytes += chunk.length;
  }
  return Buffer.concat(kept).toString('utf8');
}

/** The lines of a text, one at a time in memory. @throws Failure at one that is larger than a request may be */
export async function* linesOf(input: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let line = 1;
  let parts: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of input) {
    let from = 0;
    for (let end; (end = chunk.indexOf(LINE_FEED, from)) !== -1; from = end + 1) {
      yield Buffer.concat([...parts, chunk.subarray(from, end)]).toString('utf8');
      line += 1;
      [parts, bytes] = [[], 0];
    }
    parts.push(chunk.subarray(from));
    bytes += chunk.length - from;
    if (bytes > LINE_MAX_BYTES) throw new Failure(EXIT.usage, `Line ${line} is larger than 4 MB`);
  }
  if (bytes > 0) yield Buffer.concat(parts).toString('utf8');
}
