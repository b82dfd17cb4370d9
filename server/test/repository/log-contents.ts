import type { Priority } from '@herald/protocol';
import type { LaneHead, LogEntry, NotificationRepository } from '../../src/repository/notification-repository.js';

export async function entriesIn(
  repository: NotificationRepository,
  ...query: Parameters<NotificationRepository['read']>
): Promise<readonly LogEntry[]> {
  return (await repository.read(...query)).entries;
}

export async function headOf(repository: NotificationRepository, channel: string, lane: Priority): Promise<LaneHead> {
  const head = (await repository.heads([channel])).channels.get(channel)?.[lane];
  if (head === undefined) throw new Error('heads answers each channel');
  return head;
}

export async function epochOf(repository: NotificationRepository): Promise<string> {
  return (await repository.heads([])).epoch;
}
