import type { Duplex } from 'node:stream';
import type { Credit } from '../delivery/credit.js';

/** Written ahead to a watcher at most; the kernel's buffers come on top, which is why `herald.v1` acknowledges. */
const WRITE_AHEAD_BYTES = 64 * 1024;

/** For a connection that does not acknowledge: it may be sent more whenever its socket has drained. */
export class DrainCredit implements Credit {
  constructor(private readonly socket: Duplex) {}

  available(): number {
    return this.socket.writableNeedDrain ? 0 : WRITE_AHEAD_BYTES - this.socket.writableLength;
  }

  availableForOne(): number {
    return this.socket.writableLength === 0 ? Infinity : 0;
  }

  spend(): void {
    // The socket counts.
  }

  acknowledge(): void {
    // Nothing is expected, and nothing is wrong with it.
  }
}
