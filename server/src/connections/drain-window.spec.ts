import { jest } from '@jest/globals';
import { EventEmitter } from 'node:events';
import type { Writable } from 'node:stream';
import type { Lane } from '../delivery/log/lane.js';
import { FrameEnds, type Slice } from '../delivery/log/segment.js';
import { DrainWindow } from './drain-window.js';

const KIBIBYTE = 1024;
const LANE = {} as Lane;
const sliceOf = (bytes: number): Slice => {
  return { bytes: Buffer.alloc(bytes), from: 1, to: 1, ends: new FrameEnds(1), appendedAt: undefined };
};

class FakeSocket extends EventEmitter {
  writableLength = 0;
  writableNeedDrain = false;
}

describe('DrainWindow', () => {
  let socket: FakeSocket;
  let addedBytes: number;
  let window: DrainWindow;
  const onRoom = jest.fn();

  beforeEach(() => {
    onRoom.mockClear();
    socket = new FakeSocket();
    addedBytes = 0;
    window = new DrainWindow(socket as unknown as Writable, () => addedBytes, onRoom);
  });

  test('counts bytes taken in this turn before the socket has them', () => {
    expect(window.room()).toBe(64 * KIBIBYTE);
    window.wrote(LANE, sliceOf(60 * KIBIBYTE));
    expect(window.room()).toBe(4 * KIBIBYTE);
  });

  test('leaves the count to the socket after the turn, and reports room once', async () => {
    window.wrote(LANE, sliceOf(KIBIBYTE));
    window.wrote(LANE, sliceOf(KIBIBYTE));
    socket.writableLength = 2 * KIBIBYTE;
    await Promise.resolve();
    expect(window.room()).toBe(62 * KIBIBYTE);
    expect(onRoom).toHaveBeenCalledTimes(1);
  });

  test('waits for the drain event when the socket needs one', async () => {
    window.wrote(LANE, sliceOf(64 * KIBIBYTE));
    socket.writableNeedDrain = true;
    await Promise.resolve();
    expect([window.room(), onRoom.mock.calls.length]).toEqual([0, 0]);
    socket.writableNeedDrain = false;
    socket.emit('drain');
    expect(onRoom).toHaveBeenCalledTimes(1);
  });

  test('has no room while the socket needs a drain, whatever the size of the frame', () => {
    expect(window.largestFrame()).toBe(Infinity);
    socket.writableNeedDrain = true;
    expect(window.room()).toBe(0);
  });

  test('counts what the transport adds to each entry, whatever the size of the frames', () => {
    addedBytes = 1000;
    for (const frameBytes of [64, 128, 300, 4000]) {
      const full = new DrainWindow(new FakeSocket() as unknown as Writable, () => addedBytes, onRoom);
      let written = 0;
      for (let count = countIn(full); count > 0; count = countIn(full)) {
        full.wrote(LANE, { ...sliceOf(count * frameBytes), to: count });
        written += count * (frameBytes + addedBytes);
      }
      expect(written).toBeGreaterThanOrEqual(64 * KIBIBYTE);
      expect(written).toBeLessThan(64 * KIBIBYTE + frameBytes + addedBytes);

      function countIn(left: DrainWindow): number {
        return Math.floor(left.room() / frameBytes) || (left.room() > 0 ? 1 : 0);
      }
    }
  });
});
