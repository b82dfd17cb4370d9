import { randomClientFrame } from './garbage.js';
import type { SeededRandom } from '../seeded-random.js';

const TEXT = 1;
const CONTINUATION = 0;
const PING = 9;

interface FrameShape {
  opcode: number;
  isLast?: boolean;
  reserved?: number;
  isMasked?: boolean;
  /** Length in the header; by default, the true one. */
  declared?: bigint;
}

/** A valid or invalid frame (RFC 6455, section 5.2). */
export function wireFrame(
  payload: Buffer,
  { opcode, isLast = true, reserved = 0, isMasked = true, declared }: FrameShape,
): Buffer {
  const length = declared ?? BigInt(payload.length);
  const first = (isLast ? 0x80 : 0) | (reserved << 4) | opcode;
  const mask = Buffer.from([1, 2, 3, 4]);
  const head = Buffer.from([first, (isMasked ? 0x80 : 0) | lengthCode(length), ...lengthBytes(length)]);
  if (!isMasked) return Buffer.concat([head, payload]);
  return Buffer.concat([head, mask, payload.map((byte, i) => byte ^ mask[i % 4]!)]);
}

/** Bytes of a hostile client after the upgrade. */
export function randomConversation(random: SeededRandom): Buffer {
  const parts = Array.from({ length: random.integer(1, 6) }, () => randomPart(random));
  return Buffer.concat(parts);
}

function randomPart(random: SeededRandom): Buffer {
  const text = Buffer.from(randomClientFrame(random));
  switch (random.integer(0, 8)) {
    case 0:
      return random.bytes(random.integer(1, 500));
    case 1:
      return anyFrame(random);
    case 2:
      return fragments(random, text);
    case 3:
      return Buffer.concat(
        Array.from({ length: random.one([1, 30, 300]) }, () => wireFrame(random.bytes(4), { opcode: PING })),
      );
    case 4:
      return wireFrame(text, {
        opcode: TEXT,
        declared: random.one([2n ** 63n - 1n, 2n ** 64n - 1n, 16_385n, 0n, BigInt(text.length) * 2n]),
      });
    case 5:
      return wireFrame(Buffer.from([0xff, 0xc0, 0x80]), { opcode: TEXT });
    default:
      return wireFrame(text, { opcode: TEXT });
  }
}

/** A frame with any opcode, reserved bits, no mask, or a control frame that is too long or fragmented. */
function anyFrame(random: SeededRandom): Buffer {
  return wireFrame(random.bytes(random.one([0, 1, 125, 126, 1000])), {
    opcode: random.integer(0, 15),
    isLast: random.next() < 0.8,
    reserved: random.one([0, 0, 1, 4, 7]),
    isMasked: random.next() < 0.8,
  });
}

function fragments(random: SeededRandom, text: Buffer): Buffer {
  const size = random.one([1, 7, 1000]);
  const frames: Buffer[] = [];
  for (let start = 0; start < text.length; start += size) {
    const isLast = start + size >= text.length && random.next() < 0.9;
    frames.push(wireFrame(text.subarray(start, start + size), { opcode: start === 0 ? TEXT : CONTINUATION, isLast }));
  }
  return Buffer.concat(frames);
}

function lengthCode(length: bigint): number {
  if (length <= 125n) return Number(length);
  return length <= 0xffffn ? 126 : 127;
}

function lengthBytes(length: bigint): number[] {
  const bytes = length <= 125n ? 0 : length <= 0xffffn ? 2 : 8;
  return Array.from({ length: bytes }, (_, i) => Number((length >> BigInt(8 * (bytes - 1 - i))) & 0xffn));
}
