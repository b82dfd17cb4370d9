/** First byte of a WebSocket message in one frame: FIN set, opcode text (RFC 6455, section 5.2). */
const FIN_TEXT = 0x81;
/** Payload lengths up to this fit into the second byte. */
const SHORT_MAX = 125;
const LENGTH_IN_16_BITS = 126;
const LENGTH_IN_64_BITS = 127;

/** Bytes that `payloadBytes` of text take as one unmasked frame, header included. */
export function frameBytes(payloadBytes: number): number {
  return headerBytes(payloadBytes) + payloadBytes;
}

/** Writes `text`, of `payloadBytes` in UTF-8, as one unmasked frame at `at`. */
export function writeTextFrame(target: Buffer, at: number, text: string, payloadBytes: number): void {
  target[at] = FIN_TEXT;
  if (payloadBytes <= SHORT_MAX) {
    target[at + 1] = payloadBytes;
  } else if (payloadBytes <= 0xffff) {
    target[at + 1] = LENGTH_IN_16_BITS;
    target.writeUInt16BE(payloadBytes, at + 2);
  } else {
    target[at + 1] = LENGTH_IN_64_BITS;
    target.writeBigUInt64BE(BigInt(payloadBytes), at + 2);
  }
  target.write(text, at + headerBytes(payloadBytes), 'utf8');
}

/** One frame of its own. */
export function textFrame(text: string): Buffer {
  const payloadBytes = Buffer.byteLength(text);
  const frame = Buffer.allocUnsafe(frameBytes(payloadBytes));
  writeTextFrame(frame, 0, text, payloadBytes);
  return frame;
}

function headerBytes(payloadBytes: number): number {
  if (payloadBytes <= SHORT_MAX) return 2;
  return payloadBytes <= 0xffff ? 4 : 10;
}

/** The texts of consecutive whole frames, as `writeTextFrame` wrote them. */
export function textsOf(frames: Buffer): string[] {
  const texts: string[] = [];
  for (let at = 0; at < frames.length;) {
    const payloadBytes = payloadBytesAt(frames, at);
    const start = at + headerBytes(payloadBytes);
    at = start + payloadBytes;
    texts.push(frames.toString('utf8', start, at));
  }
  return texts;
}

function payloadBytesAt(frames: Buffer, at: number): number {
  const short = frames[at + 1] ?? 0;
  if (short <= SHORT_MAX) return short;
  return short === LENGTH_IN_16_BITS ? frames.readUInt16BE(at + 2) : Number(frames.readBigUInt64BE(at + 2));
}
