import type { NotificationDraft } from '@herald/protocol';

/** Lanes that the benchmark publishes to. The length of a frame tells its lane, so no client parses JSON. */
export const LANES = ['high', 'low'] as const;
export type LoadLane = (typeof LANES)[number];

const HIGH_FRAME_BYTES = 500;
const MESSAGES: Record<LoadLane, string> = {
  low: 'Version 42 is live on all machines of the cluster; nothing needs to be done.',
  high: `The database is out of disk space. ${'Look into it now. '.repeat(20)}`,
};

/** The body of a publish request. Frames of low have about 330 bytes, of high about 640. */
export function draftBody(lane: LoadLane): Buffer {
  const draft: NotificationDraft = {
    title: 'Deploy finished',
    message: MESSAGES[lane],
    priority: lane,
    category: 'deploy',
  };
  return Buffer.from(JSON.stringify(draft));
}

export function laneOf(frameBytes: number): LoadLane {
  return frameBytes >= HIGH_FRAME_BYTES ? 'high' : 'low';
}
