import { randomFillSync } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';

/** The smallest UUID of version 7. */
export const ID_BEFORE_ALL = '00000000-0000-7000-8000-000000000000';

const BYTES_OF_ONE = 16;
/** Drawn for 256 ids at a time: a call of the system's generator takes ten times as long as the rest of an id. */
const random = new Uint8Array(256 * BYTES_OF_ONE);
let used = random.length;
let msecs = -Infinity;
let seq = 0;

/**
 * A new UUID, version 7. Ids ascend in the order they are made, also within a millisecond and when the clock is set
 * back (RFC 9562, section 6.2, method 1).
 */
export function newId(): string {
  if (used === random.length) {
    randomFillSync(random);
    used = 0;
  }
  const own = random.subarray(used, (used += BYTES_OF_ONE));
  const now = Date.now();
  if (now > msecs) {
    msecs = now;
    // 31 bits, so that a millisecond has room for two thousand million more.
    seq = new DataView(own.buffer, own.byteOffset).getUint32(0) >>> 1;
  } else {
    seq = (seq + 1) >>> 0;
    if (seq === 0) msecs += 1;
  }
  return uuidv7({ random: own, msecs, seq });
}

/**
 * Makes all further ids larger than this one, which another process may have made by a clock that is ahead.
 * @param id a UUID, version 7
 */
export function continueAfter(id: string): void {
  const made = Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
  if (made < msecs) return;
  msecs = made + 1;
  seq = 0;
}
