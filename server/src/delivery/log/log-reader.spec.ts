import { InMemoryNotificationRepository } from '../../repository/in-memory/in-memory-notification-repository.js';
import { EpochChanged, LogReader } from './log-reader.js';

describe('LogReader', () => {
  let repository: InMemoryNotificationRepository;
  let changes: number;
  let reader: LogReader;

  beforeEach(() => {
    repository = new InMemoryNotificationRepository(10);
    changes = 0;
    reader = new LogReader(repository, () => (changes += 1));
  });

  test('has the epoch of its first answer', async () => {
    expect(reader.isUnread).toBe(true);
    await expect(reader.readEpoch()).resolves.toBe(repository.epoch);
    expect([reader.isUnread, reader.isIn(repository.epoch), reader.isIn('another')]).toEqual([false, true, false]);
  });

  test('tells once of an answer with another epoch, and gives no answer from then on', async () => {
    await reader.heads(['everyone']);
    repository.heads = () => Promise.resolve({ epoch: 'another', channels: new Map() });
    await expect(reader.heads(['everyone'])).rejects.toThrow(EpochChanged);
    await expect(reader.heads(['everyone'])).rejects.toThrow(EpochChanged);
    expect(changes).toBe(1);
    await expect(reader.read('everyone', 'low', 1, 1, 1024)).rejects.toThrow(EpochChanged);
    expect(() => reader.epoch).toThrow(EpochChanged);
  });

  test('gives no answer that arrives after its end, and does not tell of it', async () => {
    await reader.readEpoch();
    const answer = reader.idsAt([{ channel: 'everyone', lane: 'low', offset: 1 }]);
    reader.end();
    await expect(answer).rejects.toThrow(EpochChanged);
    expect(changes).toBe(0);
  });
});
