import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { DeliveryEngine } from './delivery-engine.js';
import { HeadCheck } from './head-check.js';
import { DeliveryTotals } from './totals.js';

describe('the check of heads', () => {
  let checkHeads: jest.Mock<DeliveryEngine['checkHeads']>;
  let check: HeadCheck;
  let totals: DeliveryTotals;
  const openChannels = Array.from({ length: 250 }, (_, n) => `user:${n}`);

  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick'] });
    checkHeads = jest.fn<DeliveryEngine['checkHeads']>().mockResolvedValue(0);
    totals = new DeliveryTotals();
    check = new HeadCheck({ openChannels, checkHeads, totals } as unknown as DeliveryEngine);
    check.onApplicationBootstrap();
  });

  afterEach(async () => {
    checkHeads.mockResolvedValue(0);
    await check.onModuleDestroy();
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  async function pass(ms: number): Promise<void> {
    jest.advanceTimersByTime(ms);
    for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
  }

  test('looks at all open channels every five seconds, a hundred in a turn', async () => {
    await pass(4999);
    expect(checkHeads).not.toHaveBeenCalled();
    await pass(1);
    expect(checkHeads.mock.calls.map(([names]) => names.length)).toEqual([100, 100, 50]);
    expect(checkHeads.mock.calls.flatMap(([names]) => names)).toEqual(openChannels);
    await pass(5000);
    expect(checkHeads).toHaveBeenCalledTimes(6);
  });

  test('lets other work run between two reads', async () => {
    const turns: number[] = [];
    jest.advanceTimersByTime(5000);
    for (let turn = 0; turn < 5; turn++) {
      await Promise.resolve();
      turns.push(checkHeads.mock.calls.length);
      await new Promise(setImmediate);
    }
    expect(turns.slice(0, 2)).toEqual([1, 2]);
  });

  test('counts the entries that the last look at all channels has found', async () => {
    checkHeads.mockResolvedValueOnce(2).mockResolvedValueOnce(0).mockResolvedValueOnce(3);
    await pass(5000);
    expect(totals.lagEntries).toBe(5);
    await pass(5000);
    expect(totals.lagEntries).toBe(0);
  });

  test('waits for a slow store', async () => {
    let answer: (found: number) => void = () => undefined;
    checkHeads.mockImplementation(() => new Promise((resolve) => (answer = resolve)));
    await pass(5000);
    await pass(5000);
    expect(checkHeads).toHaveBeenCalledTimes(1);
    checkHeads.mockResolvedValue(0);
    answer(0);
    await pass(0);
  });

  test('goes on after a failure, and logs it once', async () => {
    const logged = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    checkHeads.mockRejectedValueOnce(new Error('disk on fire')).mockRejectedValueOnce(new Error('disk on fire'));
    await pass(5000);
    await pass(5000);
    expect(logged.mock.calls).toEqual([[new Error('disk on fire')]]);
    await pass(5000);
    expect(checkHeads).toHaveBeenCalledTimes(5);
  });

  test('ends with the server, after the read that is under way', async () => {
    let answer: (found: number) => void = () => undefined;
    checkHeads.mockImplementation(() => new Promise((resolve) => (answer = resolve)));
    await pass(5000);
    let hasEnded = false;
    const ended = check.onModuleDestroy().then(() => (hasEnded = true));
    await pass(0);
    expect(hasEnded).toBe(false);
    answer(0);
    await ended;
    await pass(60_000);
    expect(checkHeads).toHaveBeenCalledTimes(1);
  });
});
