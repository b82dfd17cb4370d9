import { priorityName } from '#app/i18n/priority-name';
import { forget, readStored, store } from '#app/platform/browser-storage';
import { personalKey } from '#app/platform/personal-keys';
import { PRIORITIES, type Priority } from '@herald/protocol';

/** Numbers held back during quiet hours, by priority. */
export type HeldBack = Readonly<Partial<Record<Priority, number>>>;

export function addHeldBack(held: HeldBack, priorities: readonly Priority[]): HeldBack {
  const sum: Partial<Record<Priority, number>> = { ...held };
  for (const priority of priorities) sum[priority] = (sum[priority] ?? 0) + 1;
  return sum;
}

/** `14 came during quiet hours: 2 medium, 12 low`; null for none. */
export function heldBackText(held: HeldBack): string | null {
  const parts = PRIORITIES.flatMap((priority) =>
    (held[priority] ?? 0) > 0 ? [`${held[priority] ?? 0} ${priorityName(priority)}`] : [],
  );
  const total = PRIORITIES.reduce((sum, priority) => sum + (held[priority] ?? 0), 0);
  return total === 0
    ? null
    : $localize`:@@quiet.summary:${total}:count: came during quiet hours: ${parts.join(', ')}:byPriority:`;
}

/** Count stored in this browser, shared by all tabs. */
export function readHeldBack(username: string): HeldBack {
  try {
    const stored = JSON.parse(readStored(key(username)) ?? '{}') as Record<string, unknown>;
    const counts = PRIORITIES.map((priority) => [priority, stored[priority]]).filter(([, count]) =>
      Number.isSafeInteger(count),
    );
    return Object.fromEntries(counts) as HeldBack;
  } catch {
    return {};
  }
}

export function storeHeldBack(username: string, held: HeldBack): void {
  store(key(username), JSON.stringify(held));
}

export function forgetHeldBack(username: string): void {
  forget(key(username));
}

function key(username: string): string {
  return personalKey('held-back', username);
}
