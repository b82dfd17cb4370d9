import type { InboxChanged, InboxFilter, InboxItem, InboxPage, StateChange } from '@herald/protocol';

/** These notifications, or all that match the filter and are no newer than `upTo`. */
export type Selection = { ids: readonly string[] } | { filter: InboxFilter; upTo: string };

/** Requests of an inbox. Each rejects if it fails. */
export interface InboxApi {
  /** @param before cursor of the page before; null for the newest. @param limit from 1 to 200 */
  page(filter: InboxFilter, before: string | null, limit: number): Promise<InboxPage>;
  one(id: string): Promise<InboxItem>;
  change(selection: Selection, change: StateChange): Promise<InboxChanged>;
  /** Whether the server would refuse the same request again. A 429, or no answer, is worth another try. */
  isRefused(error: unknown): boolean;
}
