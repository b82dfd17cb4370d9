const LENGTH_IN_16_BITS = 126;
const LENGTH_IN_64_BITS = 127;

export interface FrameListener {
  /** The payload is `bytes[start]` up to, not including, `bytes[end]`. The buffer is reused after the call. */
  frame(opcode: number, bytes: Buffer, start: number, end: number): void;
}

/** Finds a server's unmasked frames (RFC 6455, section 5.2) by their headers, without copying complete frames. */
export class FrameScanner {
  #rest: Buffer | undefined;

  constructor(private readonly listener: FrameListener) {}

  scan(chunk: Buffer): void {
    const bytes = this.#rest === undefined ? chunk : Buffer.concat([this.#rest, chunk]);
    let at = 0;
    for (let end = frameEnd(bytes, at); end <= bytes.length; end = frameEnd(bytes, at)) {
      this.listener.frame(byte(bytes, at) & 0x0f, bytes, payloadStart(bytes, at), end);
      at = end;
    }
    this.#rest = at < bytes.length ? Buffer.from(bytes.subarray(at)) : undefined;
  }
}

/** Index of the end of the frame at `at`; Infinity while its header is incomplete. */
function frameEnd(bytes: Buffer, at: number): number {
  if (at + 2 > bytes.length || payloadStart(bytes, at) > bytes.length) return Infinity;
  const start = payloadStart(bytes, at);
  const length = byte(bytes, at + 1);
  if (length === LENGTH_IN_16_BITS) return start + bytes.readUInt16BE(at + 2);
  if (length === LENGTH_IN_64_BITS) return start + Number(bytes.readBigUInt64BE(at + 2));
  return start + length;
}

function payloadStart(bytes: Buffer, at: number): number {
  const length = byte(bytes, at + 1);
  if (length === LENGTH_IN_16_BITS) return at + 4;
  return length === LENGTH_IN_64_BITS ? at + 10 : at + 2;
}

function byte(bytes: Buffer, at: number): number {
  return bytes[at] ?? 0;
}
