export const OPCODE_TEXT = 0x1;
export const OPCODE_CLOSE = 0x8;
export const OPCODE_PING = 0x9;
export const OPCODE_PONG = 0xa;

const FIN = 0x80;
const MASKED = 0x80;
const SHORT_MAX = 125;
const LENGTH_IN_16_BITS = 126;
const MASK_BYTES = 4;

/** A client frame of up to 64 KB. Its mask is zero, so that the payload needs no masking. */
export function maskedFrame(opcode: number, payload: Buffer): Buffer {
  const isShort = payload.length <= SHORT_MAX;
  const header = Buffer.alloc((isShort ? 2 : 4) + MASK_BYTES);
  header[0] = FIN | opcode;
  header[1] = MASKED | (isShort ? payload.length : LENGTH_IN_16_BITS);
  if (!isShort) header.writeUInt16BE(payload.length, 2);
  return Buffer.concat([header, payload]);
}
