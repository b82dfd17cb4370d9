const HEADER_BYTES = 2;

/** Splits unmasked WebSocket text frames (RFC 6455, section 5.2), independently of the code under test. */
export function splitFrames(bytes: Buffer): { texts: string[]; used: number } {
  const texts: string[] = [];
  let used = 0;
  for (;;) {
    const payload = payloadAt(bytes, used);
    if (payload === undefined || payload.end > bytes.length) return { texts, used };
    texts.push(bytes.toString('utf8', payload.start, payload.end));
    used = payload.end;
  }
}

function payloadAt(bytes: Buffer, at: number): { start: number; end: number } | undefined {
  if (bytes.length < at + HEADER_BYTES) return undefined;
  if (bytes[at] !== 0x81) throw new Error(`not a text frame at ${at}: ${bytes[at]?.toString(16)}`);
  const short = bytes.readUInt8(at + 1);
  if (short <= 125) return { start: at + 2, end: at + 2 + short };
  if (short === 127) throw new Error('no frame of ours is that large');
  if (bytes.length < at + 4) return undefined;
  return { start: at + 4, end: at + 4 + bytes.readUInt16BE(at + 2) };
}
