import { FrameError } from './frame-error.js';

export interface ReadFrame {
  event: string;
  data: unknown;
}

/** @throws FrameError `malformed` unless the message is text that holds `{"event": "…", "data": …}` */
export function readFrame(message: Buffer, isBinary: boolean): ReadFrame {
  if (isBinary) throw new FrameError('malformed', 'Frames are JSON text, not binary');
  let frame: unknown;
  try {
    frame = JSON.parse(message.toString());
  } catch {
    throw new FrameError('malformed', 'The frame is not JSON');
  }
  if (typeof frame !== 'object' || frame === null || !('event' in frame) || typeof frame.event !== 'string') {
    throw new FrameError('malformed', 'A frame is an object with a string "event"');
  }
  return { event: frame.event, data: 'data' in frame ? frame.data : undefined };
}
