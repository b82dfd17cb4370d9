import { type Notification, PRIORITIES, type Priority, topicChannel } from '@herald/protocol';

export interface Filter {
  /** Lowest priority. */
  min?: Priority;
  topic?: string;
}

/** Whether a program is interested in a notification. @param now milliseconds since 1970 */
export function isWanted(
  { priority, audience, expiresAt }: Notification,
  { min = 'low', topic }: Filter,
  now = Date.now(),
): boolean {
  if (expiresAt !== undefined && Date.parse(expiresAt) <= now) return false;
  if (topic !== undefined && !audience.includes(topicChannel(topic))) return false;
  return PRIORITIES.indexOf(priority) <= PRIORITIES.indexOf(min);
}
