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
