import type { ServerFrame } from '@herald/protocol';
import { splitFrames } from './split-frames.js';

export interface ParsedFrame {
  readonly frame: ServerFrame;
  /** Length of its text. */
  readonly bytes: number;
}

const known = new WeakMap<Buffer, readonly ParsedFrame[]>();

/** Parses the complete frames in a buffer. Hundreds of clients share one buffer, so the result is cached. */
export function parsedFrames(buffer: Buffer): readonly ParsedFrame[] {
  const before = known.get(buffer);
  if (before !== undefined) return before;
  const { texts, used } = splitFrames(buffer);
  if (used < buffer.length) throw new Error('a frame was written in parts');
  const frames = texts.map(parsedFrame);
  known.set(buffer, frames);
  return frames;
}

export function parsedFrame(text: string): ParsedFrame {
  return { frame: JSON.parse(text) as ServerFrame, bytes: Buffer.byteLength(text) };
}
