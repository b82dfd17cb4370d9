import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { setImmediate } from 'node:timers/promises';
import type { AppUse } from '../repository/app-repository.js';
import { InMemoryStore } from '../repository/in-memory/in-memory-store.js';
import { AppUses } from './app-uses.js';

describe('AppUses', () => {
  const { apps } = new InMemoryStore(10);
  let stored: AppUse[][];
  let uses: AppUses;

  beforeEach(() => {
    stored = [];
    jest.spyOn(apps, 'noteUses').mockImplementation((many) => Promise.resolve(void stored.push([...many])));
    uses = new AppUses(apps);
  });

  afterEach(() => {
    jest.restoreAllMocks();
  });

  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 10; turn++) await setImmediate();
  };

  test('stores the use of an app once a minute, however often its key is used', async () => {
    const clock = jest.spyOn(performance, 'now').mockReturnValue(0);
    for (let n = 0; n < 100; n++) uses.note(1, '192.0.2.7');
    clock.mockReturnValue(59_999);
    uses.note(1, '192.0.2.8');
    await settle();
    expect(stored).toEqual([[{ id: 1, at: expect.any(String), from: '192.0.2.7' }]]);
    clock.mockReturnValue(60_000);
    uses.note(1, '192.0.2.9');
    await settle();
    expect(stored[1]).toMatchObject([{ id: 1, from: '192.0.2.9' }]);
  });

  test('stores the uses of a thousand apps in a few transactions', async () => {
    for (let id = 1; id <= 1000; id++) uses.note(id, '');
    await settle();
    expect(stored.map(({ length }) => length)).toEqual([500, 500]);
  });

  test('goes on after a write has failed', async () => {
    jest.spyOn(apps, 'noteUses').mockRejectedValueOnce(new Error('the disk is full'));
    const warned = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
    uses.note(1, '');
    await settle();
    uses.note(2, '');
    await settle();
    expect(warned).toHaveBeenCalledTimes(1);
    expect(stored).toMatchObject([[{ id: 2 }]]);
  });
});
