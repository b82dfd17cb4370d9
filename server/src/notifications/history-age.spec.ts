import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { checkEnvironment } from '../config/read-environment.js';
import type { NotificationRepository } from '../repository/notification-repository.js';
import { HistoryAge } from './history-age.js';

const HOUR_MS = 3_600_000;

describe('the age of the history', () => {
  let dropBefore: jest.Mock<NotificationRepository['dropBefore']>;
  let age: HistoryAge;

  beforeEach(() => {
    jest.useFakeTimers({ now: Date.parse('2026-03-31T08:00:00.000Z'), doNotFake: ['setImmediate', 'nextTick'] });
    dropBefore = jest.fn<NotificationRepository['dropBefore']>().mockResolvedValue();
  });

  afterEach(() => {
    age.onModuleDestroy();
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  function begin(HISTORY_DAYS: string): void {
    age = new HistoryAge({ dropBefore } as unknown as NotificationRepository, checkEnvironment({ HISTORY_DAYS }));
    age.onApplicationBootstrap();
  }

  async function pass(ms: number): Promise<void> {
    jest.advanceTimersByTime(ms);
    await new Promise(setImmediate);
  }

  test('is checked at the start and every hour', async () => {
    begin('30');
    await pass(HOUR_MS - 1);
    expect(dropBefore.mock.calls).toEqual([['2026-03-01T08:00:00.000Z']]);
    await pass(1);
    await pass(HOUR_MS);
    expect(dropBefore.mock.calls.slice(1)).toEqual([['2026-03-01T09:00:00.000Z'], ['2026-03-01T10:00:00.000Z']]);
  });

  test('has no limit without HISTORY_DAYS', async () => {
    begin('');
    await pass(48 * HOUR_MS);
    expect(dropBefore).not.toHaveBeenCalled();
  });

  test('is checked again only once the store has dropped everything', async () => {
    let done = (): void => undefined;
    dropBefore.mockImplementation(() => new Promise((resolve) => (done = resolve)));
    begin('1');
    await pass(3 * HOUR_MS);
    expect(dropBefore).toHaveBeenCalledTimes(1);
    done();
    await pass(0);
    await pass(HOUR_MS);
    expect(dropBefore).toHaveBeenCalledTimes(2);
  });

  test('is checked again after a failure, which is logged', async () => {
    const logged = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    dropBefore.mockRejectedValueOnce(new Error('disk on fire'));
    begin('1');
    await pass(0);
    expect(logged.mock.calls).toEqual([[new Error('disk on fire')]]);
    await pass(HOUR_MS);
    expect(dropBefore).toHaveBeenCalledTimes(2);
  });

  test('is not checked any more once the server stops', async () => {
    begin('1');
    age.onModuleDestroy();
    await pass(5 * HOUR_MS);
    expect(dropBefore).toHaveBeenCalledTimes(1);
  });
});
