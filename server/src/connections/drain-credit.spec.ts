import { jest } from '@jest/globals';
import { EventEmitter } from 'node:events';
import type { Writable } from 'node:stream';
import type { Lane } from '../delivery/lane.js';
import { FrameEnds, type Slice } from '../delivery/segment.js';
import { DrainCredit } from './drain-credit.js';

const KIBIBYTE = 1024;
const LANE = {} as Lane;
const sliceOf = (bytes: number): Slice => ({ bytes: Buffer.alloc(bytes), from: 1, to: 1, ends: new FrameEnds(1) });

class FakeSocket extends EventEmitter {
  readonly writableHighWaterMark = 64 * KIBIBYTE;
  writableLength = 0;
  writableNeedDrain = false;
}

describe('DrainCredit', () => {
  let socket: FakeSocket;
  let credit: DrainCredit;
  const onRoom = jest.fn();

  beforeEach(() => {
    onRoom.mockClear();
    socket = new FakeSocket();
    credit = new DrainCredit(socket as unknown as Writable, onRoom);
  });

  test('counts bytes spent in this turn before the socket has them', () => {
    expect(credit.available()).toBe(64 * KIBIBYTE);
    credit.spend(LANE, sliceOf(60 * KIBIBYTE));
    expect(credit.available()).toBe(4 * KIBIBYTE);
  });

  test('leaves the count to the socket after the turn, and reports room once', async () => {
    credit.spend(LANE, sliceOf(KIBIBYTE));
    credit.spend(LANE, sliceOf(KIBIBYTE));
    socket.writableLength = 2 * KIBIBYTE;
    await Promise.resolve();
    expect(credit.available()).toBe(62 * KIBIBYTE);
    expect(onRoom).toHaveBeenCalledTimes(1);
  });

  test('waits for the drain event when the socket needs one', async () => {
    credit.spend(LANE, sliceOf(64 * KIBIBYTE));
    socket.writableNeedDrain = true;
    await Promise.resolve();
    expect([credit.available(), onRoom.mock.calls.length]).toEqual([0, 0]);
    socket.writableNeedDrain = false;
    socket.emit('drain');
    expect(onRoom).toHaveBeenCalledTimes(1);
  });

  test('has no room while the socket needs a drain, whatever the size of the frame', () => {
    expect(credit.largestFrame).toBe(Infinity);
    socket.writableNeedDrain = true;
    expect(credit.available()).toBe(0);
  });
});
